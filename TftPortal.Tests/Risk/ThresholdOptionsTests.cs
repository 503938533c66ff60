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
            var threshold = watchlist.For(profile).Single(watch => watch.Gauge.Name == "disk_usage_pct").Threshold;
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

    private static ThresholdOptions Read(params (string Key, string Value)[] settings)
    {
        var options = new ThresholdOptions();
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build().Bind(options);
        return options;
    }
}
