using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TftPortal.Demo;

namespace TftPortal.Tests.Demo;

public sealed class DemoSwitchTests
{
    [Theory]
    [InlineData("--demo", "True")]
    [InlineData("--demo true", "True")]
    [InlineData("--demo=true", "True")]
    [InlineData("--DEMO", "True")]
    [InlineData("--demo false", "False")]
    [InlineData("--demo=false", "False")]
    [InlineData("--Demo:Enabled=true", "True")]
    [InlineData("", "False")]
    public void The_switch_turns_the_demo_on_and_leaves_the_next_switch_alone(string switches, string enabled)
    {
        string[] words = [.. switches.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--urls", "http://127.0.0.1:0"];
        var builder = WebApplication.CreateSlimBuilder(Portal.Options(words));
        Assert.Equal(enabled, builder.Configuration.GetValue<bool>("Demo:Enabled").ToString());
        Assert.Equal("http://127.0.0.1:0", builder.Configuration["urls"]);
    }

    [Fact]
    public void Without_the_switch_there_is_no_simulated_fleet()
    {
        var without = WebApplication.CreateEmptyBuilder(new());
        without.AddDemo();
        Assert.DoesNotContain(without.Services, service => service.ServiceType == typeof(DemoFleet));

        var with = WebApplication.CreateEmptyBuilder(new());
        with.Configuration.AddInMemoryCollection([new("Demo:Enabled", "true")]);
        with.AddDemo();
        Assert.Contains(with.Services, service => service.ServiceType == typeof(DemoFleet));
    }

    [Fact]
    public void A_wrong_setting_names_its_key_and_what_is_allowed()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddInMemoryCollection([new("Demo:Enabled", "true"), new("Demo:IntervalSeconds", "0")]);
        builder.AddDemo();
        using var services = builder.Services.BuildServiceProvider();
        var refusal = Assert.Throws<OptionsValidationException>(
            () => services.GetRequiredService<IOptions<DemoOptions>>().Value);
        Assert.Contains("IntervalSeconds", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("300", refusal.Message, StringComparison.Ordinal);
    }
}
