namespace TftPortal.Demo;

internal static class DemoSetup
{
    /// <summary>Adds the simulated fleet when <c>Demo:Enabled</c> is true, by the switch <c>--demo</c> as a rule; otherwise nothing.</summary>
    public static void AddDemo(this WebApplicationBuilder builder)
    {
        if (!builder.Configuration.GetValue<bool>("Demo:Enabled")) return;
        builder.Services.AddOptions<DemoOptions>().BindConfiguration("Demo").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<DemoFleet>();
        builder.Services.AddHostedService<DemoFeed>();
    }
}
