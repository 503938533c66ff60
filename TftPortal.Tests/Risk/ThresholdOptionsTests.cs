using Microsoft.Extensions.Configuration;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Tests.Risk;

public class ThresholdOptionsTests
{
    [Fact]
    public void A_profile_has_its_own_threshold_and_the_others_by_default()
    {
        var options = Read(("Profiles:web_api:disk_usage_pct:Warning", "70"), ("Profiles:web_api:disk_usage_pct:Critical", "80"), ("Default:disk_usage_pct:Critical", "96"));
        var watchlist = new Watchlist(options);

        Assert.Equal((70, 80), Disk(ServerProfile.WebApi));
        Assert.Equal((85, 96), Disk(ServerProfile.Generic));

        (float, float) Disk(ServerProfile profile)
        {
            var threshold = watchlist.For("web-01", profile).Single(watch => watch.Gauge.Name == "disk_usage_pct").Threshold;
            return (threshold.Warning, threshold.Critical);
        }
    }

    [Fact]
    public void The_default_settings_are_right() => Assert.True(new ThresholdOptionsCheck().Validate(null, new()).Succeeded);

    [Theory]
    [InlineData("Default:cpu_idle_pct:Warning", "Alerts:Thresholds:Default:cpu_idle_pct is not a measure")]
    [InlineData("Default:mem_used_pct:Warning", "Alerts:Thresholds:Default:mem_used_pct must have Warning above 0 and Critical at least Warning; they are 99 and 98.")]
    [InlineData("Profiles:databse:mem_used_pct:Critical", "Alerts:Thresholds:Profiles:databse names no profile; the profiles are generic, ml_compute, database")]
    public void A_wrong_setting_is_refused_by_its_key(string key, string message)
    {
        var result = new ThresholdOptionsCheck().Validate(null, Read((key, "99")));

        Assert.Contains(result.Failures!, failure => failure.StartsWith(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("swap_used_pct", "0.4", null, "they are 0.4 and none.")] // would clear below Alerts:ClearProbability, which may lie above
    [InlineData("swap_used_pct", null, "0.4", "they are none and 0.4.")]
    [InlineData("swap_used_pct", "0.4", "0.5", "they are 0.4 and 0.5.")]
    [InlineData("cpu_used_pct", "2", "0.1", "they are 2 and 0.1.")]
    public void A_threshold_has_both_probabilities_in_order_or_neither(string measure, string? raise, string? clear, string message)
    {
        var settings = new[] { ("RaiseProbability", raise), ("ClearProbability", clear) }.Where(setting => setting.Item2 is not null).Select(setting => ($"Default:{measure}:{setting.Item1}", setting.Item2!));

        var result = new ThresholdOptionsCheck().Validate(null, Read([.. settings]));

        Assert.EndsWith(message, Assert.Single(result.Failures!), StringComparison.Ordinal);
    }

    private static ThresholdOptions Read(params (string Key, string Value)[] settings)
    {
        var options = new ThresholdOptions();
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build().Bind(options);
        return options;
    }
}
