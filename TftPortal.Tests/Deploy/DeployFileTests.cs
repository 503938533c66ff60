using System.Globalization;
using System.Text.RegularExpressions;

namespace TftPortal.Tests.Deploy;

public sealed partial class DeployFileTests
{
    [Fact]
    public async Task Systemd_rates_the_units_exposure_at_two_or_less()
    {
        var (_, text) = await ATool.RunAsync(ATool.Find("systemd-analyze", "systemd"), "security", "--offline=true", "--no-pager", Path.Combine(ATool.Deploy, "systemd", "tft-portal.service"));
        var level = Exposure().Match(text);
        Assert.True(level.Success, text);
        Assert.InRange(double.Parse(level.Groups["level"].Value, CultureInfo.InvariantCulture), 0, 2.0);
    }

    [Fact]
    public async Task Prometheus_takes_the_alert_rules()
    {
        var (code, text) = await ATool.RunAsync(ATool.Find("promtool", "prometheus"), "check", "rules", Path.Combine(ATool.Deploy, "prometheus", "alerts.yml"));
        Assert.True(code == 0, text);
    }

    [Fact]
    public async Task The_command_takes_keys_and_users_alone_and_says_so()
    {
        var (code, text) = await ATool.RunAsync(ATool.Find("sh", "dash"), Path.Combine(ATool.Deploy, "systemd", "tft-portal"), "--urls=http://0.0.0.0:1");
        Assert.Equal((2, "usage: tft-portal keys …, or tft-portal users …\n"), (code, text));
    }

    [Fact]
    public async Task Nftables_takes_the_firewall()
    {
        var (code, text) = await ATool.RunAsync(ATool.Find("nft", "nftables"), "--check", "--file", Path.Combine(ATool.Deploy, "nftables", "tft-portal.nft"));
        Assert.SkipWhen(text.Contains("Operation not permitted", StringComparison.Ordinal), "nft looks at the kernel's tables even to check a file, and may not here.");
        Assert.True(code == 0, text);
    }

    [GeneratedRegex(@"Overall exposure level for .*: (?<level>\d+\.\d)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Exposure();
}
