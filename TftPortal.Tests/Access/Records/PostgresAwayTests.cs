using System.Globalization;
using System.Net;
using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.SignIn;
using TftPortal.Tests.Access.SignIn;

namespace TftPortal.Tests.Access.Records;

/// <summary>A PostgreSQL server that goes away under a portal that runs.</summary>
public sealed class PostgresAwayTests(APostgres postgres) : IClassFixture<APostgres>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Agents_notice_nothing_while_it_is_away_and_people_go_on_as_soon_as_it_is_back()
    {
        var connection = await postgres.NewDatabaseAsync();
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var portal = await PeopledPortal.StartAsync(clock, "--RateLimits:ReadPerMinute=1000", "--Records:Provider=Postgres", $"--Records:Connection={connection}");
        var key = (await portal.Services.GetRequiredService<KeyStore>().CreateAsync(new() { Name = "x", Scopes = ApiScopes.Read, Days = 3 }, PeopledPortal.Tester, Stop)).Text!;
        using var admin = await portal.SignedInAsync();
        var sessions = portal.Services.GetRequiredService<Sessions>();
        var user = await portal.FindAsync(PeopledPortal.Admin);
        var number = (await sessions.OfAsync(user.Id, Stop)).Single().Number.ToString(CultureInfo.InvariantCulture);
        var openPage = new ClaimsPrincipal(new ClaimsIdentity([new(Sessions.NumberClaim, number), .. PortalRoles.ClaimsOf(PortalRoles.Admin)], "a page"));

        await postgres.StopAsync();
        var lifetime = portal.Services.GetRequiredService<IHostApplicationLifetime>();
        for (var looked = 0; looked < 40; looked++)
        {
            clock.Advance(KeyLedger.RefreshEvery); // it looks what the command has changed, and writes down who used which key
            Assert.Equal(HttpStatusCode.OK, await ReadAsync());
        }

        using (var page = await admin.GetAsync("/system")) Assert.Equal(HttpStatusCode.InternalServerError, page.StatusCode); // who it is can't be known
        Assert.False(lifetime.ApplicationStopping.IsCancellationRequested);

        await postgres.StartAgainAsync();
        using (var page = await admin.GetAsync("/system")) Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        await CutAsync();
        Assert.True(await sessions.StillHoldsAsync(openPage, Stop));
        await CutAsync();
        Assert.Null((await portal.Users.EndSessionsAsync(user.Id, null, PeopledPortal.Tester, Stop)).Problem);

        async Task<HttpStatusCode> ReadAsync()
        {
            using var client = new HttpClient { BaseAddress = portal.Address };
            client.DefaultRequestHeaders.Add("X-API-Key", key);
            using var answer = await client.GetAsync("/metrics", Stop);
            return answer.StatusCode;
        }

        Task CutAsync() => APostgres.ExecuteAsync(connection, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
    }
}
