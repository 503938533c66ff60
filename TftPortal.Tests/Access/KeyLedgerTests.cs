using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.Records;

namespace TftPortal.Tests.Access;

/// <summary>What happens to keys beside the requests.</summary>
public sealed class KeyLedgerTests : IDisposable
{
    private readonly FakeTimeProvider clock = new();
    private readonly LogBook log = new();

    [Fact]
    public async Task The_log_warns_fourteen_days_and_one_day_before_a_key_expires_and_only_then()
    {
        await using var portal = await StartAsync();
        var (_, id) = await portal.MakeAsync("agent", ApiScopes.Feed, days: 20);
        await PassAsync(TimeSpan.FromDays(5), () => Task.FromResult(true));
        Assert.Equal(0, Warnings(id));
        await PassAsync(TimeSpan.FromDays(1), () => Task.FromResult(Warnings(id) == 1));
        await PassAsync(TimeSpan.FromDays(12), () => Task.FromResult(true));
        Assert.Equal(1, Warnings(id));
        await PassAsync(TimeSpan.FromDays(1), () => Task.FromResult(Warnings(id) == 2));
        Assert.Contains(log.All, line => line.Contains($"Key {id} (agent) expires at 2000-01-21", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Use_is_written_down_in_the_background_and_that_of_a_revoked_key_goes_into_the_audit_once_an_hour()
    {
        await using var portal = await StartAsync();
        var (key, id) = await portal.MakeAsync("leaver", ApiScopes.Read);
        await portal.Store.RevokeAsync(id, KeyedPortal.Tester, TestContext.Current.CancellationToken);
        for (var i = 0; i < 5; i++) await portal.ReadAsync(key);
        await PassAsync(KeyLedger.WriteEvery, async () => (await RowsAsync(portal, id)).Refused == 5);
        await portal.ReadAsync(key);
        await PassAsync(KeyLedger.WriteEvery, async () => (await RowsAsync(portal, id)).Refused == 6);
        Assert.Equal(1, (await RowsAsync(portal, id)).Told);
        Assert.Contains(log.All, line => line.Contains($"Key {id} (leaver) was used from 127.0.0.1 and refused: revoked.", StringComparison.Ordinal));
    }

    public void Dispose() => log.Dispose();

    private async Task<KeyedPortal> StartAsync()
    {
        var portal = await KeyedPortal.StartAsync(clock, false, KeyedPortal.NoLimits);
        portal.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        return portal;
    }

    private int Warnings(string id) => log.All.Count(line => line.Contains($"Key {id} (agent) expires", StringComparison.Ordinal));

    private static async Task<(int Refused, int Told)> RowsAsync(KeyedPortal portal, string id)
    {
        await using var database = await portal.Services.GetRequiredService<IDbContextFactory<PortalRecords>>().CreateDbContextAsync();
        return (await database.Hours.Where(hour => hour.KeyId == id).SumAsync(hour => hour.Refused), await database.Audit.CountAsync(entry => entry.Subject == id && entry.Action == "key.refused"));
    }

    // The ledger waits for its next turn only once it has finished the one before, so the clock is moved on until it has noticed.
    private Task PassAsync(TimeSpan time, Func<Task<bool>> noticed)
    {
        clock.Advance(time);
        return KeyedPortal.EventuallyAsync(async () =>
        {
            if (await noticed()) return true;
            clock.Advance(KeyLedger.RefreshEvery);
            return false;
        });
    }
}
