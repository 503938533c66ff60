using System.Globalization;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Access;

namespace TftPortal.Tests.Api;

/// <summary>Nothing else runs beside these tests: they look at the memory of the whole process.</summary>
[CollectionDefinition(nameof(MemoryAlone), DisableParallelization = true)]
public sealed class MemoryAlone;

/// <summary>What strangers send must not stay.</summary>
[Collection(nameof(MemoryAlone))]
public sealed class MemoryTests
{
    [Fact]
    public async Task A_million_names_of_servers_leave_the_memory_as_it_was()
    {
        await using var feed = new AFeed(maxServers: 1_000);
        await PostNamesAsync(feed, 0, 50_000);
        var before = Measure();
        await PostNamesAsync(feed, 50_000, 950_000);
        var after = Measure();

        Assert.Equal(1_000, feed.Window.Counts.ServersTracked);
        Assert.InRange(after - before, long.MinValue, 8_000_000); // a million names alone are 40 MB
        TestContext.Current.TestOutputHelper?.WriteLine($"{before / 1e6:0.0} MB after 50,000 names, {after / 1e6:0.0} MB after 1,000,000");
    }

    [Fact]
    public void A_million_addresses_leave_the_memory_of_limits_and_trust_as_it_was()
    {
        var clock = new FakeTimeProvider(AFeed.Now);
        var (limits, trusted, wrong) = (new RateLimits(clock), new TrustedAddresses(clock), new WrongKeys(clock));
        Come(0, 100_000);
        var before = Measure();
        Come(100_000, 900_000);
        var after = Measure();

        Assert.InRange(limits.Windows, 1, RateLimits.MaxWindows + 1);
        Assert.InRange(wrong.Book.Count, 1, HourBook.MaxClients);
        Assert.InRange(limits.Refusals.Count, 0, HourBook.MaxClients);
        Assert.InRange(after - before, long.MinValue, 8_000_000);
        Assert.InRange(trusted.Count, 1, TrustedAddresses.MaxAddresses + 1);
        TestContext.Current.TestOutputHelper?.WriteLine($"{before / 1e6:0.0} MB after 100,000 addresses, {after / 1e6:0.0} MB after 1,000,000");

        void Come(int first, int count)
        {
            for (var client = first; client < first + count; client++)
            {
                var address = client.ToString(CultureInfo.InvariantCulture);
                limits.Hit(address, "/feed/data", 1);
                limits.Hit(address, "/feed/data", 1);
                trusted.Trust(address);
                wrong.Book.Add(address, WrongKeys.Route);
            }
        }
    }

    private static async Task PostNamesAsync(AFeed feed, int first, int count)
    {
        for (var at = first; at < first + count; at += 1_000)
        {
            var records = Enumerable.Range(at, 1_000).Select(number => $"{{\"timestamp\":\"2026-11-24T01:51:29Z\",\"server_name\":\"server-{number}\",\"load_average\":1}}");
            var (status, _) = await feed.PostAsync(Encoding.UTF8.GetBytes($"{{\"records\":[{string.Join(',', records)}]}}"));
            Assert.True(status is 200 or 422, $"{status}");
        }
    }

    private static long Measure() => GC.GetTotalMemory(forceFullCollection: true);
}
