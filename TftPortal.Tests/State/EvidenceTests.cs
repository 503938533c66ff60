using System.IO.Compression;
using Microsoft.Extensions.DependencyInjection;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.State;

namespace TftPortal.Tests.State;

/// <summary>Why an alert was raised is kept as it was, and an alert is as right where it can't be.</summary>
public sealed class EvidenceTests : IDisposable
{
    private readonly AStateFolder folder = new();

    [Fact]
    public async Task An_alert_keeps_why_it_was_raised_and_why_it_became_critical_over_a_restart()
    {
        AlertEvidence raised, worse;
        Guid id;
        await using (var engine = await folder.EngineAsync())
        {
            await engine.FeedAsync(AReading.From("web-01").WithMemory(92));
            var alert = (await engine.PictureAsync(picture => picture.Alerts.Length == 1)).Alerts[0];
            id = alert.Id;
            raised = await KeptAsync(engine, id, EvidenceMoment.Raised);
            Assert.Equal((AlertSeverity.Warning, alert.Message, AlertState.Breaching), (raised.Alert.Severity, raised.Alert.Message, raised.Alert.State));
            Assert.Equal((90, 98, 60), (raised.Rule!.Warning, raised.Rule.Critical, raised.Rule.LookAheadMinutes));
            Assert.Equal("Memory is past its threshold of 90 % now. The forecast looks at its own past alone.", raised.Explanation!.Sentence);

            await engine.FeedAsync(AReading.From("web-01").WithMemory(99).At(AReading.Noon.AddMinutes(1)));
            worse = await KeptAsync(engine, id, EvidenceMoment.Escalated);
            Assert.Equal(AlertSeverity.Critical, worse.Alert.Severity);
        }

        await using var again = await folder.EngineAsync();
        await again.PictureAsync(picture => picture.Alerts.Length == 1 && picture.Sequence > 1);
        var evidence = again.Services.GetRequiredService<EvidenceFolder>();
        Assert.Equal(raised.TakenAt, evidence.Read(id, EvidenceMoment.Raised, out _)!.TakenAt);
        Assert.Equal(worse.TakenAt, evidence.Read(id, EvidenceMoment.Escalated, out _)!.TakenAt);
        Assert.Equal(2, Directory.EnumerateFiles(folder.Paths.Evidence, "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public async Task Where_nothing_can_be_written_the_alert_stands_it_is_said_and_the_next_one_is_kept()
    {
        File.WriteAllText(folder.Paths.Evidence, "a file where the folder should be");
        await using var engine = await folder.EngineAsync();
        var evidence = engine.Services.GetRequiredService<EvidenceFolder>();
        await engine.FeedAsync(AReading.From("web-01").WithMemory(99));
        await engine.PictureAsync(picture => picture.Alerts.Length == 1);
        await engine.UntilAsync(() => evidence.LastFailure is not null);

        File.Delete(folder.Paths.Evidence);
        await engine.FeedAsync(AReading.From("web-02").WithMemory(99));
        var second = (await engine.PictureAsync(picture => picture.Alerts.Length == 2)).Alerts.Single(alert => alert.Server == "web-02");
        await KeptAsync(engine, second.Id, EvidenceMoment.Raised);
        await engine.UntilAsync(() => evidence.LastFailure is null); // said a moment after the file is there
    }

    [Theory]
    [InlineData("no brotli at all")]
    [InlineData("")]
    [InlineData("br:")]
    [InlineData("br:null")]
    [InlineData("br:{}")]
    [InlineData("br:{\"moment\":7}")]
    public void A_damaged_file_is_said_and_nothing_is_made_of_it(string content)
    {
        var evidence = new EvidenceFolder(folder.Paths);
        var kept = Evidence(AReading.Noon);
        evidence.Write(kept);
        var file = Directory.EnumerateFiles(folder.Paths.Evidence, "*", SearchOption.AllDirectories).Single();
        using (var stream = File.Create(file))
        {
            if (content.StartsWith("br:", StringComparison.Ordinal)) using (var packed = new BrotliStream(stream, CompressionLevel.Fastest)) packed.Write(System.Text.Encoding.UTF8.GetBytes(content[3..]));
            else stream.Write(System.Text.Encoding.UTF8.GetBytes(content));
        }

        Assert.Null(evidence.Read(kept.Alert.Id, EvidenceMoment.Raised, out var fault));
        Assert.NotNull(fault);
    }

    [Fact]
    public void Cut_anywhere_it_is_said_to_be_damaged_and_never_half_read()
    {
        var evidence = new EvidenceFolder(folder.Paths);
        var kept = Evidence(AReading.Noon);
        evidence.Write(kept);
        var file = Directory.EnumerateFiles(folder.Paths.Evidence, "*", SearchOption.AllDirectories).Single();
        var whole = File.ReadAllBytes(file);
        for (var length = 0; length < whole.Length; length += 1 + (whole.Length / 40))
        {
            File.WriteAllBytes(file, whole[..length]);
            Assert.Null(evidence.Read(kept.Alert.Id, EvidenceMoment.Raised, out var fault));
            Assert.NotNull(fault);
        }
    }

    [Fact]
    public void Of_an_id_with_a_time_that_no_calendar_has_nothing_was_kept()
    {
        Assert.Null(new EvidenceFolder(folder.Paths).Read(Guid.Parse("ffffffff-ffff-7fff-bfff-ffffffffffff"), EvidenceMoment.Raised, out var fault));
        Assert.Null(fault);
    }

    [Fact]
    public void With_no_room_and_no_day_kept_all_of_it_goes()
    {
        var evidence = new EvidenceFolder(folder.Paths);
        evidence.Write(Evidence(AReading.Noon));

        Assert.Equal(0, evidence.Forget(DateOnly.MaxValue, 0));
        Assert.Empty(Directory.EnumerateFiles(folder.Paths.Evidence, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Days_that_are_over_for_too_long_go_and_then_the_oldest_until_the_rest_fits()
    {
        var evidence = new EvidenceFolder(folder.Paths);
        AlertEvidence[] kept = [.. Enumerable.Range(0, 6).Select(day => Evidence(AReading.Noon.AddDays(day)))];
        var each = kept.Select(evidence.Write).ToArray();
        File.WriteAllText(Path.Combine(folder.Paths.Evidence, "2026-03-15", "left.raised.json.br.saving"), "a write that did not end");

        var left = evidence.Forget(new(2026, 3, 12), each[^1] + each[^2] + each[^3] - 1);

        Assert.Equal([.. kept.Select((_, day) => day > 3)], kept.Select(one => evidence.Has(one.Alert.Id, EvidenceMoment.Raised)));
        Assert.Equal(each[^1] + each[^2], left);
        Assert.Equal(2, Directory.EnumerateFiles(folder.Paths.Evidence, "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public void The_kept_input_is_the_week_to_the_last_bit()
    {
        var snapshot = ALeak.Of("web-01").Snapshot();
        var first = AWindow.Grid.StepOf(AReading.Noon);
        var input = Evidence(AReading.Noon).Input;
        var (kept, known) = (new float[KeptInput.Steps], new float[KeptInput.Steps]);
        foreach (var metric in MetricCatalog.All)
        {
            input.CopyTo(metric.Metric, kept);
            snapshot.History.CopyTo(metric.Metric, first - KeptInput.Steps, known);
            Assert.Equal(known, kept);
        }
    }

    [Fact]
    public void A_silent_server_s_kept_input_still_ends_with_the_step_before_its_forecast()
    {
        var silent = AHistory.Of("web-01").WithProfile(ServerProfile.Database).Until(AReading.Noon.AddMinutes(-15)).Steps(20).With(Metric.MemUsedPercent, 50).With(Metric.LoadAverage, step => step == 19 ? float.NaN : 2).Snapshot();
        using var text = new StringWriter { NewLine = "\n" };

        KeptInput.Of(silent, AWindow.Grid, AWindow.Grid.StepOf(AReading.Noon)).WriteCsv("web-01", text);

        var lines = text.ToString().TrimEnd().Split('\n');
        Assert.Equal("server,ts,profile,mem_used_pct,load_average", lines[0]);
        Assert.StartsWith("web-01,2026-03-10T10:05:00Z,database,50,", lines[1], StringComparison.Ordinal);
        Assert.Equal(["web-01,2026-03-10T11:40:00Z,database,50,", "web-01,2026-03-10T11:55:00Z,database,,"], lines[^2..]);
        Assert.Equal(22, lines.Length);
    }

    public void Dispose() => folder.Dispose();

    private static AlertEvidence Evidence(DateTimeOffset at) => new()
    {
        Moment = EvidenceMoment.Raised,
        TakenAt = at,
        Alert = new AServer("web-01").Alert(at) with { Id = Guid.CreateVersion7(at) },
        Rule = null,
        Forecast = null,
        Explanation = null,
        Fault = "A test.",
        Input = KeptInput.Of(ALeak.Of("web-01").Snapshot(), AWindow.Grid, AWindow.Grid.StepOf(AReading.Noon)),
    };

    private static async Task<AlertEvidence> KeptAsync(RunningEngine engine, Guid alert, EvidenceMoment moment)
    {
        var evidence = engine.Services.GetRequiredService<EvidenceFolder>();
        await engine.UntilAsync(() => evidence.Has(alert, moment));
        var kept = evidence.Read(alert, moment, out var fault);
        Assert.Null(fault);
        return kept!;
    }
}
