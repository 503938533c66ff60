using TftPortal;
using TftPortal.Settings;

try
{
    var builder = WebApplication.CreateBuilder(Portal.Options(args));
    builder.AddTftPortal();

    var app = builder.Build();
    app.UseTftPortal();
    app.Run();
    return 0;
}
catch (Exception failure) when (SettingsSetup.Explain(failure) is { } reason)
{
    Console.Error.WriteLine(reason);
    return 1;
}

/// <summary>The entry point, public for tests that host it.</summary>
public partial class Program;
