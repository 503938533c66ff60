using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using TftPortal.Api.Forecasts;
using TftPortal.Benchmarks.Load;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Forecasting;
using TftPortal.Engine.Intake;
using TftPortal.Engine.Loop;
using TftPortal.Engine.Publishing;
using TftPortal.Engine.Risk;
using TftPortal.Engine.State;
using TftPortal.Engine.Window;

namespace TftPortal.Benchmarks.Rooms;

/// <summary>The way of a reading, room by room, of a fleet of 500 servers with a week behind it. Every figure is of one reading, or of one server.</summary>
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "BenchmarkDotNet ends it by its clean-up.")]
public class RoomsOfAFleet
{
    /// <summary>Servers, and records of a batch: 500.</summary>
    public const int Servers = 500;

    private const int Steps = 2016;
    private readonly StepGrid grid = new(300);
    private readonly ReadingParser parser = new(new ProfileNaming(new()), TimeProvider.System);
    private SimulatedWindow fleet = null!;
    private ReadOnlyMemory<byte> body;
    private ReadingBatch batch = null!;
    private DirectoryInfo folder = null!;
    private SqliteJournal journal = null!;
    private OnnxForecaster model = null!;
    private RiskScorer scorer = null!;
    private WindowSnapshot snapshot = null!;
    private ServerForecast?[] forecasts = null!;
    private OutlookFeed feed = null!;
    private FleetOutlook picture = null!;

    /// <summary>Fills a window, opens a journal and the default model, and makes a picture.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        fleet = new(Servers, Steps, TimeProvider.System.GetUtcNow());
        var sent = new LoadFleet(Servers, seed: 1, TimeProvider.System);
        body = sent.Past().Last();
        batch = parser.Parse(body.Span).Batch;
        folder = Directory.CreateTempSubdirectory("tft-rooms-");
        journal = new(Path.Combine(folder.FullName, "journal.db"));
        model = new(DefaultModel.Folder(), grid, TimeProvider.System);
        var watchlist = new Watchlist(new ThresholdOptions());
        scorer = new(watchlist, grid);
        snapshot = fleet.Window.Snapshot(fleet.Now);
        forecasts = new ServerForecast?[Servers];
        Forecast();
        picture = new ForecastCycle(new(new(grid, TimeProvider.System), model), scorer, TimeProvider.System).Run(snapshot, CancellationToken.None);
        feed = new(picture);
    }

    /// <summary>Leaves nothing behind.</summary>
    [GlobalCleanup]
    public void Leave()
    {
        model.Dispose();
        journal.Dispose();
        folder.Delete(recursive: true);
    }

    /// <summary>A body of 500 records becomes a batch.</summary>
    [Benchmark(OperationsPerInvoke = Servers)]
    public object Parse() => parser.Parse(body.Span);

    /// <summary>A batch of 500 is written down, with a flush to disk of its own.</summary>
    [Benchmark(OperationsPerInvoke = Servers)]
    public long Journal() => journal.Append([batch], fleet.Now.ToUnixTimeMilliseconds());

    /// <summary>A batch of 500 is filled and placed in the window.</summary>
    [Benchmark(OperationsPerInvoke = Servers)]
    public object Apply()
    {
        var next = fleet.Next(Servers);
        return fleet.Window.Apply(next, fleet.Now);
    }

    /// <summary>A picture's view of the window, after a reading of every server.</summary>
    [Benchmark(OperationsPerInvoke = Servers)]
    public object ApplyThenSnapshot()
    {
        var next = fleet.Next(Servers);
        fleet.Window.Apply(next, fleet.Now);
        return fleet.Window.Snapshot(fleet.Now);
    }

    /// <summary>The network forecasts every server, its inputs included.</summary>
    [Benchmark(OperationsPerInvoke = Servers)]
    public void Forecast() => model.Forecast(snapshot.Servers, snapshot.FirstStep, forecasts, CancellationToken.None);

    /// <summary>The risk of every server.</summary>
    [Benchmark(OperationsPerInvoke = Servers)]
    public double Risk()
    {
        var highest = 0.0;
        for (var server = 0; server < Servers; server++) highest = Math.Max(highest, scorer.Score(snapshot.Servers[server], forecasts[server]!, snapshot.Time).Value);
        return highest;
    }

    /// <summary>A picture is handed to a feed that nobody watches.</summary>
    [Benchmark(OperationsPerInvoke = Servers)]
    public void Publish() => feed.Publish(picture);

    /// <summary>The answer of <c>GET /predictions/current</c>, every server's piece anew.</summary>
    [Benchmark(OperationsPerInvoke = Servers)]
    public object Serialise() => PredictionsDocument.Write(picture, earlier: null, TimeZoneInfo.Utc, "run");
}
