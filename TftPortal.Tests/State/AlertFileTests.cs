using System.Text.Json;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.State;

namespace TftPortal.Tests.State;

/// <summary>An alert keeps its identity over a restart, however the portal ended.</summary>
public sealed class AlertFileTests : IDisposable
{
    private static readonly DateTimeOffset Noon = AReading.Noon;
    private readonly AStateFolder folder = new();

    [Fact]
    public async Task When_the_plug_is_pulled_an_alert_that_stands_goes_on_as_the_same()
    {
        await using var engine = await folder.EngineAsync();
        await engine.FeedAsync(AReading.From("web-01").WithMemory(99));
        var before = (await engine.PictureAsync(picture => picture.Alerts.Length == 1)).Alerts[0];
        using var left = folder.Now();

        await using var again = await left.EngineAsync();
        var after = (await again.PictureAsync(picture => picture.Alerts.Length == 1)).Alerts[0];

        Assert.Equal((before.Id, before.StartedAt, before.BreachAt), (after.Id, after.StartedAt, after.BreachAt));
    }

    [Fact]
    public void What_is_written_is_what_is_read()
    {
        var memory = Memory("web-01", "web-02");
        new AlertFile(folder.Paths, TimeProvider.System).Write(memory);

        var read = new AlertFile(folder.Paths, TimeProvider.System).Read(out var damage);

        Assert.Null(damage);
        Assert.Equal(JsonSerializer.Serialize(memory), JsonSerializer.Serialize(read));
    }

    [Fact]
    public void The_alerts_of_a_very_large_fleet_are_read_again()
    {
        var memory = Memory("web-01");
        memory = memory with { Episodes = [memory.Episodes[0] with { Alert = memory.Episodes[0].Alert with { Message = new('x', 65 << 20) } }] };
        new AlertFile(folder.Paths, TimeProvider.System).Write(memory);

        Assert.Equal(65 << 20, Assert.Single(new AlertFile(folder.Paths, TimeProvider.System).Read(out var damage).Episodes).Alert.Message.Length);
        Assert.Null(damage);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"episodes":[null],"raises":[]}""")]
    [InlineData("""{"episodes":[{"alert":null}],"raises":[]}""")]
    public async Task A_file_that_says_nothing_is_put_aside_and_the_portal_starts(string content)
    {
        File.WriteAllText(folder.Paths.Alerts, content);

        await using var engine = await folder.EngineAsync();
        await engine.FeedAsync(AReading.From("web-01").WithMemory(99));

        Assert.Single((await engine.PictureAsync(picture => picture.Alerts.Length == 1)).Alerts);
        Assert.Contains(folder.Files, name => name.StartsWith("window.parquet.alerts.json.damaged-", StringComparison.Ordinal));
    }

    [Fact]
    public void Cut_off_anywhere_it_is_refused_whole()
    {
        new AlertFile(folder.Paths, TimeProvider.System).Write(Memory("web-01"));
        var whole = File.ReadAllBytes(folder.Paths.Alerts);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(folder.Paths.Alerts, whole[..length]);
            Assert.Empty(new AlertFile(folder.Paths, TimeProvider.System).Read(out var damage).Episodes);
            Assert.NotNull(damage);
        }
    }

    public void Dispose() => folder.Dispose();

    private static AlertMemory Memory(params string[] servers) => new(
        [.. servers.Select(server => new AlertEpisode(new AServer(server).Alert(Noon).With(new(AlertActKind.Acknowledged, "user anna@example.com", Noon, "I am on it.")), null, Noon.AddMinutes(1)))],
        [.. servers.Select(server => new AlertRaise(server, "mem_used_pct", Noon))])
    {
        Incidents = [new() { Id = Guid.NewGuid(), StartedAt = Noon, Severity = AlertSeverity.Warning, Alerts = [Guid.NewGuid()], Servers = [.. servers], Message = "Together.", Absorbed = [Guid.NewGuid()] }],
    };
}
