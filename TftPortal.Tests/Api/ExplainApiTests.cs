using System.Globalization;
using System.Net;
using System.Text.Json;
using TftPortal.Engine.Fleet;
using TftPortal.Settings;
using TftPortal.Training.Commands;

namespace TftPortal.Tests.Api;

/// <summary>A portal with the shipped model, a server whose memory leaks and one that is calm.</summary>
public sealed class ExplainedPortal : IAsyncLifetime
{
    internal RunningPortal Portal { get; private set; } = null!;

    internal Guid Alert { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Portal = await RunningPortal.StartAsync("--Engine:ForecastSeconds=3600", "--RateLimits:ReadPerMinute=1000");
        using var fed = await Portal.FeedAsync(ALeak.Feed("web-01", "web-02", TimeProvider.System.GetUtcNow()));
        Assert.Equal(HttpStatusCode.OK, fed.StatusCode);
        await UntilAsync(async () => (await JsonAsync("/alerts/active")).GetProperty("count").GetInt32() > 0);
        Alert = (await JsonAsync("/alerts/active")).GetProperty("alerts").EnumerateArray().Single(alert => alert.GetProperty("metric").GetString() == "mem_used_pct").GetProperty("id").GetGuid();
        await UntilAsync(async () => (await Portal.GetAsync($"/alerts/{Alert}/evidence")).StatusCode == HttpStatusCode.OK);
    }

    internal async Task<JsonElement> JsonAsync(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await Portal.GetAsync(path);
        Assert.True(status == answer.StatusCode, $"{path} is answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return await RunningPortal.JsonOf(answer);
    }

    public ValueTask DisposeAsync() => Portal.DisposeAsync();

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var tries = 0; !await isSo(); tries++)
        {
            Assert.True(tries < 400, "It does not come.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}

public sealed class ExplainApiTests(ExplainedPortal explained) : IClassFixture<ExplainedPortal>
{
    private static readonly string Model = Path.Combine(PortalFolders.FindRoot(AppContext.BaseDirectory), "models", "default");

    [Fact]
    public async Task A_server_is_explained_by_its_worst_metric_unless_another_is_asked_for()
    {
        var why = await explained.JsonAsync("/explain/web-01");

        Assert.Equal(("mem_used_pct", "tft"), (why.GetProperty("metric").GetString(), why.GetProperty("model_type").GetString()));
        Assert.Matches("^Memory is past its threshold of 90 % now: it has grown .* had it stayed flat, ", why.GetProperty("sentence").GetString());
        var (danger, flat) = (why.GetProperty("danger").GetProperty("probability").GetDouble(), why.GetProperty("counterfactuals")[0]);
        Assert.True(flat.GetProperty("probability").GetDouble() < danger / 5, $"{flat} against {danger}");
        Assert.Equal(1, why.GetProperty("past_weights").EnumerateArray().Sum(weight => weight.GetProperty("share").GetDouble()), .0001);
        Assert.Equal(42, why.GetProperty("attention").GetProperty("past").GetArrayLength());

        Assert.Equal("cpu_used_pct", (await explained.JsonAsync("/explain/web-01?metric=cpu_idle_pct")).GetProperty("metric").GetString());
    }

    [Theory]
    [InlineData("/explain/nobody", HttpStatusCode.NotFound, "Unknown server: nobody")]
    [InlineData("/explain/web-01?metric=disk_usage_pct", HttpStatusCode.NotFound, "web-01 sends no disk_usage_pct")]
    [InlineData("/explain/web-01?metric=memory", HttpStatusCode.UnprocessableEntity, "\"memory\" is not allowed; allowed is one of cpu_used_pct, cpu_user_pct, ")]
    [InlineData("/explain/web-01?metric=mem_used_pct&metric=swap_used_pct", HttpStatusCode.UnprocessableEntity, "\"mem_used_pct, swap_used_pct\" is not allowed")]
    [InlineData("/alerts/nobody/evidence", HttpStatusCode.NotFound, "There is no alert nobody.")]
    [InlineData("/alerts/0197a0e4-0000-7000-8000-000000000000/evidence/input", HttpStatusCode.NotFound, "Nothing is kept of alert 0197a0e4-0000-7000-8000-000000000000.")]
    [InlineData("/alerts/nobody/evidence?moment=later", HttpStatusCode.UnprocessableEntity, "\"later\" is not allowed; allowed is raised or escalated")]
    public async Task What_is_not_there_or_can_t_be_asked_is_said(string path, HttpStatusCode status, string reason)
    {
        var detail = (await explained.JsonAsync(path, status)).GetProperty("detail");

        Assert.StartsWith(reason, detail.ValueKind == JsonValueKind.Array ? detail[0].GetProperty("msg").GetString() : detail.GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_forecast_on_the_kept_input_gives_the_kept_forecast_again()
    {
        var evidence = await explained.JsonAsync($"/alerts/{explained.Alert}/evidence");
        Assert.Equal((["raised"], "raised", "web-01", "web_api"), (evidence.GetProperty("moments").EnumerateArray().Select(moment => moment.GetString()!).ToArray(), evidence.GetProperty("moment").GetString(), evidence.GetProperty("server").GetString(), evidence.GetProperty("profile").GetString()), Same);
        Assert.Equal(evidence.GetProperty("explanation").GetProperty("sentence").GetString(), (await explained.JsonAsync("/explain/web-01")).GetProperty("sentence").GetString());

        using var folder = new AFolder();
        using (var input = await explained.Portal.GetAsync($"/alerts/{explained.Alert}/evidence/input"))
        {
            Assert.Equal($"attachment; filename=\"alert-{explained.Alert}-raised.csv\"", input.Content.Headers.ContentDisposition!.ToString());
            await File.WriteAllBytesAsync(folder["input.csv"], await input.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, ForecastCommand.Create().Parse(["--model", Model, "--input", folder["input.csv"], "--output", folder["out.csv"]]).Invoke());
        var again = File.ReadAllLines(folder["out.csv"]).Skip(1).Select(line => line.Split(',')).Where(cells => cells[2] == "mem_used_pct").ToArray();
        Assert.Equal(96, again.Length);
        Assert.Equal(evidence.GetProperty("first_step").GetDateTimeOffset().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture), again[0][1]);
        var quantiles = evidence.GetProperty("forecast").GetProperty("quantiles");
        var largest = 0.0;
        foreach (var (name, column) in new[] { ("p10", 4), ("p50", 5), ("p90", 6) })
        {
            float[] kept = [.. quantiles.GetProperty(name).EnumerateArray().Select(value => value.GetSingle())];
            for (var step = 0; step < 96; step++) largest = Math.Max(largest, Math.Abs(kept[step] - double.Parse(again[step][column], CultureInfo.InvariantCulture)));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"The largest difference of 288 values is {largest} points.");
        Assert.True(largest <= .0032, $"{largest}"); // two codes of 16 bits
    }

    private static bool Same((string[] Moments, string? Moment, string? Server, string? Profile) one, (string[] Moments, string? Moment, string? Server, string? Profile) other) =>
        one.Moments.SequenceEqual(other.Moments) && (one.Moment, one.Server, one.Profile) == (other.Moment, other.Server, other.Profile);
}
