using Bunit;
using TftPortal.Dashboard.Fleet;

namespace TftPortal.Tests.Dashboard;

public sealed class FeedGuideTests
{
    [Fact]
    public void The_curl_line_has_this_portals_address_the_time_and_no_key_where_none_is_needed()
    {
        using var browser = new APage(AnOutlook.Empty());
        var curl = browser.Render<FleetPage>().Find("#copy-curl").TextContent;
        Assert.Contains("curl -X POST http://localhost/feed/data", curl, StringComparison.Ordinal);
        Assert.Contains("\"timestamp\":\"2026-03-10T12:02:30Z\"", curl, StringComparison.Ordinal);
        Assert.DoesNotContain("X-API-Key", curl, StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_key_the_lines_name_the_variable_and_never_the_key()
    {
        using var browser = new APage(AnOutlook.Empty(), apiKey: "very-secret");
        var page = browser.Render<FleetPage>();
        Assert.Contains("-H \"X-API-Key: $TFT_API_KEY\"", page.Find("#copy-curl").TextContent, StringComparison.Ordinal);
        Assert.Contains("--key \"$TFT_API_KEY\"", page.Find("#copy-agent").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", page.Markup, StringComparison.Ordinal);
    }
}
