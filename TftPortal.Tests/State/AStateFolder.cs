using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.State;
using TftPortal.Tests.Builders;

namespace TftPortal.Tests.State;

/// <summary>A folder with a state in it, deleted at the end.</summary>
internal sealed class AStateFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tft-state-");

    public string File => Path.Combine(folder.FullName, "window.parquet");

    public StatePaths Paths => new(File);

    /// <summary>Names of the files in it.</summary>
    public IEnumerable<string> Files => folder.EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal);

    /// <summary>The engine over this folder; a new one goes on where the last one stopped.</summary>
    public Task<RunningEngine> EngineAsync(FakeTimeProvider? clock = null, params (string Key, string Value)[] settings) =>
        RunningEngine.StartAsync(clock ?? new FakeTimeProvider(AReading.Noon), [(RunningEngine.StateFile, File), .. settings]);

    /// <summary>The folder as it is on disk at this moment: what is left when the plug is pulled now.</summary>
    public AStateFolder Now()
    {
        var copy = new AStateFolder();
        foreach (var file in folder.EnumerateFiles())
        {
            try
            {
                file.CopyTo(Path.Combine(copy.folder.FullName, file.Name));
            }
            catch (FileNotFoundException)
            {
                // Written beside and renamed meanwhile: at this moment it is not there.
            }
        }

        return copy;
    }

    /// <summary>Changes one bit of a file.</summary>
    public static void Flip(string file, long at)
    {
        using var stream = System.IO.File.Open(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = at;
        var value = stream.ReadByte();
        stream.Position = at;
        stream.WriteByte((byte)(value ^ 1));
    }

    /// <summary>Changes the journal behind the portal's back.</summary>
    public void ChangeJournal(string sql)
    {
        using var database = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Paths.Journal, Pooling = false }.ToString());
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose() => folder.Delete(recursive: true);
}

internal static class EngineWithState
{
    public static StateKeeper Keeper(this RunningEngine engine) => (StateKeeper)engine.Services.GetService(typeof(StateKeeper))!;

    public static StateReport Report(this RunningEngine engine) => engine.Keeper().Report;

    public static Task FeedAsync(this RunningEngine engine, params AReading[] readings) => engine.Intake.SubmitAsync(ABatch.Of(readings), TestContext.Current.CancellationToken);

    /// <summary>Saves, and lets the time pass that the loop needs to see it.</summary>
    public static async Task<SavedGeneration> SaveAsync(this RunningEngine engine)
    {
        var saved = engine.Keeper().SaveNow(TestContext.Current.CancellationToken);
        await engine.UntilAsync(() => saved.IsCompleted);
        return await saved;
    }

    /// <summary>What the window holds, server by server, as text: equal texts are equal windows to every reader.</summary>
    public static async Task<string> WindowAsync(this RunningEngine engine)
    {
        var sequence = engine.Feed.Latest.Sequence;
        var picture = await engine.PictureAsync(picture => picture.Sequence > sequence + 1 || (picture.Sequence > sequence && picture.Counts.Tick == engine.Feed.Counts.Tick));
        return string.Join('\n', picture.ByName.Values.OrderBy(server => server.Server.Name, StringComparer.Ordinal).Select(server => Said(server.Server)));
    }

    public static string Said(ServerSnapshot server)
    {
        List<string> lines = [FormattableString.Invariant($"{server.Name} {server.Profile} {server.Status} {server.IsSimulated} {server.LastSeen:O} {server.Records} {string.Join(' ', server.Latest)} {string.Join(' ', server.LatestAt)}")];
        for (var step = server.History.OldestStep; step < server.History.EndStep; step++)
        {
            if (server.History.ReadingsIn(step) == 0) continue;
            lines.Add(FormattableString.Invariant($"  {step}: {server.History.ReadingsIn(step)} {server.History.MarksIn(step):x} {string.Join(' ', MetricCatalog.All.Select(metric => FormattableString.Invariant($"{server.History.At(metric.Metric, step)}/{server.History.ReadingsIn(step, metric.Metric)}")))}"));
        }

        return string.Join('\n', lines);
    }
}
