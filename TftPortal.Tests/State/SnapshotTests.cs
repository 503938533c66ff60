using CsCheck;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.State;
using TftPortal.Engine.Window;
using TftPortal.Tests.Builders;

namespace TftPortal.Tests.State;

public sealed class SnapshotTests
{
    private static readonly DateTimeOffset Noon = AReading.Noon;

    [Fact]
    public async Task A_window_read_back_goes_on_exactly_as_the_one_that_was_saved()
    {
        await Gen.Int[0, 1_000_000].SampleAsync(async seed =>
        {
            var random = new Random(seed);
            var (window, restored) = (AWindow.Empty(), AWindow.Empty());
            var batches = Enumerable.Range(0, 40).Select(index => Batch(random, Noon.AddMinutes(index * 2))).ToList();
            foreach (var (batch, now) in batches.Take(20)) window.Apply(batch, now);
            restored.Resume((await ThroughAFileAsync(window.Image(batches[19].Now))).Image);

            foreach (var (batch, now) in batches.Skip(20))
            {
                var (first, second) = (window.Apply(batch, now), restored.Apply(batch, now));
                Assert.Equal(first.Counts, second.Counts);
                Assert.Equal(first.Refused, second.Refused);
            }

            Assert.Equal(Said(window), Said(restored));
            string Said(FleetWindow one) => string.Join('\n', one.Snapshot(batches[39].Now).Servers.Select(server => $"{EngineWithState.Said(server)} {server.Revision}"));
        }, iter: 30, threads: 1);
    }

    /// <summary>Saves must not stall the loop: an image is taken some servers at a time, between the batches.</summary>
    [Fact]
    public async Task An_image_taken_while_readings_come_is_the_image_of_the_moment_it_began()
    {
        await Gen.Int[0, 1_000_000].SampleAsync(async seed =>
        {
            var random = new Random(seed);
            var window = AWindow.Empty();
            var batches = Enumerable.Range(0, 24).Select(index => Batch(random, Noon.AddMinutes(index * 2))).ToList();
            foreach (var (batch, now) in batches.Take(12)) window.Apply(batch, now);
            var atOnce = await BytesOfAsync(window.Image(batches[11].Now));

            var taking = window.BeginImage(batches[11].Now);
            foreach (var (batch, now) in batches.Skip(12)) // steps end meanwhile, and servers come that were not there
            {
                taking.Take(random.Next(3));
                window.Apply(batch, now);
            }

            Assert.Equal(atOnce, await BytesOfAsync(taking.Finish()));
        }, iter: 30, threads: 1);

        static async Task<byte[]> BytesOfAsync(WindowImage image)
        {
            using var file = new MemoryStream();
            await SnapshotWriter.WriteAsync(file, image, sequence: 1);
            return file.ToArray();
        }
    }

    [Fact]
    public async Task Tick_time_grid_and_timesteps_are_in_the_files_metadata()
    {
        var window = AWindow.Empty().With(Noon, AReading.From("web-01").WithMemory(50), AReading.From("web-01").At(Noon.AddSeconds(15)).WithMemory(51)).With(Noon, AReading.From("db-01").WithCpu(3));

        var (image, metadata) = await ThroughAFileAsync(window.Image(Noon), sequence: 17);

        Assert.Equal(new SnapshotMetadata(2, Noon, AWindow.Grid, 17, 2), metadata);
        Assert.Equal([("db-01", 1), ("web-01", 2)], image.Servers.Select(server => (server.Snapshot.Name, (int)server.Timesteps)));
    }

    [Fact]
    public async Task An_empty_window_can_be_saved()
    {
        var (image, _) = await ThroughAFileAsync(AWindow.Empty().Image(Noon));

        Assert.Empty(image.Servers);
    }

    [Fact]
    public async Task A_fleet_that_takes_several_row_groups_comes_back_whole()
    {
        var window = AWindow.Empty().With(Noon, Enumerable.Range(0, 2_500).Select(number => AReading.From($"web-{number:0000}").WithMemory(number % 100)));

        var (image, _) = await ThroughAFileAsync(window.Image(Noon));

        Assert.Equal(2_500, image.Servers.Length);
        Assert.Equal(99, image.Servers[2_499].Snapshot.Latest[(int)Metric.MemUsedPercent]);
    }

    [Fact]
    public void Simulated_servers_are_not_kept_unless_somebody_sent_them_a_reading()
    {
        var window = AWindow.Empty();
        window.Apply(ABatch.Of([AReading.From("demo-01").WithMemory(1), AReading.From("mine-01").WithMemory(2)], isSimulated: true), Noon);
        window.With(Noon, AReading.From("mine-01").At(Noon.AddSeconds(-1)).WithMemory(3));

        Assert.Equal(["mine-01"], window.Image(Noon).Servers.Select(server => server.Snapshot.Name));
    }

    [Fact]
    public void Every_code_of_every_metric_survives_being_written_as_a_number()
    {
        foreach (var metric in MetricCatalog.All)
        {
            for (var code = 0; code <= 65_000; code++) Assert.Equal(code, MetricCodec.Encode(metric.Metric, MetricCodec.Decode(metric.Metric, (ushort)code)));
        }
    }

    private static async Task<(WindowImage Image, SnapshotMetadata Metadata)> ThroughAFileAsync(WindowImage image, long sequence = 0)
    {
        using var file = new MemoryStream();
        await SnapshotWriter.WriteAsync(file, image, sequence);
        file.Position = 0;
        return await SnapshotReader.ReadAsync(file);
    }

    // Few servers and metrics, so that readings meet: the same second twice, late ones, steps that miss a metric.
    private static (ReadingBatch Batch, DateTimeOffset Now) Batch(Random random, DateTimeOffset now)
    {
        var readings = Enumerable.Range(0, random.Next(1, 30)).Select(_ =>
        {
            var reading = AReading.From($"web-{random.Next(3)}").At(now.AddSeconds(-random.Next(random.Next(4) == 0 ? 200_000 : 400)))
                .WithStatus((ServerStatus)random.Next(8)).WithProfile((ServerProfile)random.Next(7)).With(Metric.UptimeDays, random.Next(400));
            return Enumerable.Range(0, random.Next(3)).Aggregate(reading, (made, _) => made.With((Metric)random.Next(14), random.Next(100)));
        });
        return (ABatch.Of(readings.ToList()), now);
    }
}
