using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.History;
using TftPortal.Engine.Window;
using TftPortal.Tests.Builders;

namespace TftPortal.Tests.History;

/// <summary>A window, and the history that is written of it, step by step and without threads.</summary>
internal sealed class APast : IDisposable
{
    private readonly AFolder folder = new();
    private readonly bool isSimulated;
    private long sequence;

    public APast(bool isSimulated = false)
    {
        this.isSimulated = isSimulated;
        Place = new(folder["history"]);
        Store = new(isSimulated ? HistoryFolders.Simulated(Place) : Place.Folder, Options, Clock);
        Writer = new(Store, isSimulated);
        Archive = new(Place, Options, AWindow.Grid, new(), Clock, NullLogger<HistoryArchive>.Instance);
    }

    public FakeTimeProvider Clock { get; } = new(AReading.Noon);
    public HistoryOptions Options { get; } = new();
    public HistoryPlace Place { get; }
    public HistoryStore Store { get; }
    public HistoryWriter Writer { get; private set; }
    public HistoryArchive Archive { get; }
    public FleetWindow Window { get; private set; } = AWindow.Empty();
    public Alert[] Alerts { get; set; } = [];
    public EndedAlert[] EndedAlerts { get; set; } = [];

    /// <summary>The names of a table's files.</summary>
    public IEnumerable<string> Files(HistoryTable table) => Store.Of(table).Days().SelectMany(day => day.Files).Select(file => Path.GetRelativePath(Store.Root, file.Path));

    /// <summary>Places readings now.</summary>
    public void Feed(params IEnumerable<AReading> readings) => Window.Apply(ABatch.Of(readings, isSimulated), Clock.GetUtcNow());

    /// <summary>The picture of now, without forecasts.</summary>
    public FleetOutlook Picture()
    {
        var now = Clock.GetUtcNow();
        return AnOutlook.Of(++sequence, now, Window.Snapshot(now).Servers.Select(server => new ServerOutlook(server, AForecast.Of(server.Name).Made(), RiskScore.None))) with { Alerts = [.. Alerts], Ended = [.. EndedAlerts] };
    }

    /// <summary>Writes the picture of now.</summary>
    public void Write() => Writer.Write(Picture());

    /// <summary>Goes on with a new writer, as a start does; the window is what it was.</summary>
    public void Restart()
    {
        Writer = new(Store, isSimulated);
        Writer.Recall(Picture(), TestContext.Current.CancellationToken);
    }

    /// <summary>Merges, sums and forgets.</summary>
    public int Compact() => new Compaction(Store, Options).Run(Clock.GetUtcNow(), TestContext.Current.CancellationToken);

    /// <summary>What a metric of a server was, step by step, by the files.</summary>
    public async Task<Dictionary<long, float>> StepsAsync(string server, Metric metric = Metric.MemUsedPercent)
    {
        var past = await Archive.ServerAsync(server, new(AReading.Noon.AddHours(-24), AReading.Noon.AddHours(4)), [metric], TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.FromMinutes(5), past.Bucket);
        return past.Times.Zip(past.Metrics[0].Mean).ToDictionary(point => AWindow.Grid.StepOf(point.First), point => point.Second);
    }

    /// <summary>The same by the window, of the steps that have ended.</summary>
    public Dictionary<long, float> Ended(string server, Metric metric = Metric.MemUsedPercent)
    {
        var now = Clock.GetUtcNow();
        var history = Window.Snapshot(now).Servers.SingleOrDefault(known => known.Name == server)?.History ?? ServerHistory.Empty;
        var ended = new Dictionary<long, float>();
        for (var step = history.OldestStep; step < AWindow.Grid.StepOf(now); step++)
        {
            if (history.ReadingsIn(step) > 0) ended.Add(step, history.At(metric, step));
        }

        return ended;
    }

    public void Dispose()
    {
        Archive.Dispose();
        folder.Dispose();
    }
}
