using System.Text.Json;
using System.Text.RegularExpressions;
using TftPortal.Engine.Fleet;
using TftPortal.Notifications;
using TftPortal.Notifications.Channels;
using TftPortal.Notifications.Senders;

namespace TftPortal.Tests.Notifications;

/// <summary>The forms that others rely on: golden files, and the limits that each receiver documents. TFT_GOLDEN=write writes the files anew, to be reviewed like code.</summary>
public sealed partial class PayloadTests
{
    private static readonly ChannelSettings Plain = new();
    private static readonly string[] Forms = ["webhook", "slack", "teams", "alertmanager", "pagerduty"];

    public static TheoryData<string, string> Golden => new(
        from form in Forms
        from step in Enum.GetValues<NoticeStep>()
        where step is NoticeStep.Raised or NoticeStep.Acknowledged or NoticeStep.Resolved or NoticeStep.Escalated
        select (form, step.WireName()));

    [Theory]
    [MemberData(nameof(Golden))]
    public async Task A_message_has_the_form_that_its_receiver_knows(string form, string step)
    {
        var written = Pretty(Write(form, ANotice.Of(Enum.GetValues<NoticeStep>().Single(one => one.WireName() == step))));
        var path = Path.Combine(SourceFolder(), $"{form}-{step}.json");
        if (Environment.GetEnvironmentVariable("TFT_GOLDEN") == "write") await File.WriteAllTextAsync(path, written, TestContext.Current.CancellationToken);
        Assert.Equal(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), written);
    }

    /// <summary>docs.slack.dev/reference/block-kit/blocks: header 150, section text 3,000, at most 10 fields of 2,000, 50 blocks; a webhook's text 40,000.</summary>
    [Theory]
    [MemberData(nameof(Extremes))]
    public void Slacks_limits_hold_for_any_message(int index)
    {
        var json = JsonDocument.Parse(Write("slack", Extreme[index])).RootElement;
        Assert.InRange(json.GetProperty("text").GetString()!.Length, 1, 40_000);
        var blocks = json.GetProperty("blocks").EnumerateArray().ToList();
        Assert.InRange(blocks.Count, 1, 50);
        foreach (var block in blocks)
        {
            switch (block.GetProperty("type").GetString())
            {
                case "header":
                    Assert.Equal("plain_text", block.GetProperty("text").GetProperty("type").GetString());
                    Assert.InRange(block.GetProperty("text").GetProperty("text").GetString()!.Length, 1, 150);
                    break;
                case "section" when block.TryGetProperty("fields", out var fields):
                    Assert.InRange(fields.GetArrayLength(), 1, 10);
                    Assert.All(fields.EnumerateArray(), field => Assert.InRange(field.GetProperty("text").GetString()!.Length, 1, 2000));
                    break;
                case "section":
                    var text = block.GetProperty("text").GetProperty("text").GetString()!;
                    Assert.InRange(text.Length, 1, 3000);
                    Assert.DoesNotContain("<!channel>", text);
                    break;
                default:
                    Assert.Equal("actions", block.GetProperty("type").GetString());
                    Assert.StartsWith("https://", block.GetProperty("elements")[0].GetProperty("url").GetString());
                    break;
            }
        }
    }

    /// <summary>learn.microsoft.com, "Create incoming webhooks with Workflows": an attachment with an Adaptive Card, 28 KB at most; adaptivecards.io/explorer for the elements.</summary>
    [Theory]
    [MemberData(nameof(Extremes))]
    public void A_Teams_card_has_what_its_schema_asks_for_and_its_size(int index)
    {
        var body = Write("teams", Extreme[index]);
        Assert.InRange(body.Length, 100, 28 * 1024);
        var json = JsonDocument.Parse(body).RootElement;
        Assert.Equal("message", json.GetProperty("type").GetString());
        var attachment = json.GetProperty("attachments").EnumerateArray().Single();
        Assert.Equal("application/vnd.microsoft.card.adaptive", attachment.GetProperty("contentType").GetString());
        var card = attachment.GetProperty("content");
        Assert.Equal(("AdaptiveCard", "1.4"), (card.GetProperty("type").GetString(), card.GetProperty("version").GetString()));
        foreach (var element in card.GetProperty("body").EnumerateArray())
        {
            if (element.GetProperty("type").GetString() == "TextBlock") Assert.NotNull(element.GetProperty("text").GetString());
            else Assert.All(element.GetProperty("facts").EnumerateArray(), fact => Assert.True(fact.GetProperty("title").GetString()!.Length > 0 && fact.TryGetProperty("value", out _)));
        }
    }

    /// <summary>developer.pagerduty.com, "Send an Alert Event": the required fields, the severities, and summary 1,024, dedup_key 255, an event 512 KB.</summary>
    [Theory]
    [MemberData(nameof(Extremes))]
    public void A_PagerDuty_event_has_what_is_required_within_its_limits(int index)
    {
        var body = Write("pagerduty", Extreme[index]);
        Assert.InRange(body.Length, 100, 512 * 1024);
        var json = JsonDocument.Parse(body).RootElement;
        Assert.Equal(32, json.GetProperty("routing_key").GetString()!.Length);
        Assert.Matches("^(trigger|acknowledge|resolve)$", json.GetProperty("event_action").GetString());
        Assert.InRange(json.GetProperty("dedup_key").GetString()!.Length, 1, 255);
        var payload = json.GetProperty("payload");
        Assert.InRange(payload.GetProperty("summary").GetString()!.Length, 1, 1024);
        Assert.InRange(payload.GetProperty("source").GetString()!.Length, 1, 1024);
        Assert.Matches("^(critical|error|warning|info)$", payload.GetProperty("severity").GetString());
        Assert.Matches(IsoMoment(), payload.GetProperty("timestamp").GetString());
    }

    [Fact]
    public void A_template_says_what_is_written_and_its_placeholders()
    {
        var settings = new ChannelSettings { TitleTemplate = "{severity} on {server_count} servers", TextTemplate = "{message}\n{servers} since {started} {note}" };
        var notice = ANotice.Of();
        Assert.Equal("critical on 2 servers", NoticeText.Title(notice, settings, 100));
        Assert.Equal("web-01: memory at 97 %, over 90 % <now> & rising.\nweb-01, web-02 since 2026-03-10 11:58 UTC", NoticeText.Body(notice, settings, 1000));
        Assert.Equal("critical o…", NoticeText.Title(notice, settings, 11));
    }

    public static TheoryData<int> Extremes => [.. Enumerable.Range(0, Extreme.Length)];

    private static readonly Notice[] Extreme =
    [
        ANotice.Of() with { Title = new string('&', 3000), Message = string.Concat(Enumerable.Repeat("<!channel> *look* [here](https://evil.example) 🔥 ", 400)) },
        ANotice.Of(servers: [.. Enumerable.Range(1, 40).Select(index => $"{new string('w', 240)}-{index}")]),
        ANotice.Of() with { Servers = [], ServerCount = 0, Alerts = [], AlertCount = 0, Kind = NoticeKind.KeyExpiry, Link = null, Concern = "key:" + new string('k', 400) },
        ANotice.Of(NoticeStep.Resolved, AlertSeverity.Warning),
        ANotice.Of(NoticeStep.Acknowledged),
    ];

    private static byte[] Write(string form, Notice notice) => form switch
    {
        "webhook" => WebhookBody.Write(notice),
        "slack" => SlackMessage.Write(notice, Plain),
        "teams" => TeamsCard.Write(notice, Plain),
        "alertmanager" => AlertmanagerSender.Write([notice], Plain, ANotice.Noon, TimeSpan.FromMinutes(4)),
        _ => PagerDutySender.Write(notice, Plain, new string('k', 32)),
    };

    private static string Pretty(byte[] json) =>
        JsonSerializer.Serialize(JsonDocument.Parse(json).RootElement, Indented) + "\n";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string SourceFolder()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Tft.sln"))) folder = Path.GetDirectoryName(folder)!;
        return Path.Combine(folder, "TftPortal.Tests", "Golden", "notifications");
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IsoMoment();
}
