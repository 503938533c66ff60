using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.Records;
using TftPortal.Access.SignIn;
using TftPortal.Settings;
using TftPortal.Tests.Api;

namespace TftPortal.Tests.Access.SignIn;

/// <summary>A running portal with an admin, and whoever else a test wants.</summary>
internal sealed class PeopledPortal(RunningPortal portal) : IAsyncDisposable
{
    public const string Admin = "ada@example.com";
    public const string Password = "quiet lamp over nine rivers";
    public static readonly KeyActor Tester = new("a test", "");

    public IServiceProvider Services => portal.Services;

    public Users Users => Services.GetRequiredService<Users>();

    public string Folder => Services.GetRequiredService<PortalFolders>().Data;

    public Uri Address => portal.Client.BaseAddress!;

    /// <summary>Starts it without an admin.</summary>
    public static async Task<PeopledPortal> StartEmptyAsync(TimeProvider? clock = null, params string[] settings) =>
        new(await RunningPortal.StartAsync(clock, false, ["--TFT_API_KEY=", $"--Engine:ModelFolder={Path.Combine(Path.GetTempPath(), "tft-no-model")}", .. settings]));

    public static Task<PeopledPortal> StartAsync(TimeProvider? clock = null, params string[] settings) =>
        StartEmptyAsync(clock, [$"--TFT_ADMIN_EMAIL={Admin}", $"--TFT_ADMIN_PASSWORD={Password}", .. settings]);

    /// <summary>A browser on this portal.</summary>
    public APerson Browser(IPAddress? from = null) => new(Address, from);

    /// <summary>A browser in which somebody has signed in.</summary>
    public async Task<APerson> SignedInAsync(string email = Admin, string password = Password)
    {
        var person = Browser();
        using var answer = await person.SignInAsync(email, password);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.NotNull(person.Session);
        return person;
    }

    /// <summary>Makes a user who has a password.</summary>
    public async Task<string> MakeAsync(string email, string role)
    {
        var stop = TestContext.Current.CancellationToken;
        var made = await Users.CreateAsync(email, role, Tester, stop);
        Assert.Null(made.Problem);
        Assert.Null((await Users.UseLinkAsync(made.Link!, Password, "", stop)).Problem);
        return made.User!.Id;
    }

    public async Task<List<AuditRow>> AuditAsync()
    {
        await using var database = await Services.GetRequiredService<IDbContextFactory<PortalRecords>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await database.Audit.AsNoTracking().OrderBy(row => row.Number).ToListAsync(TestContext.Current.CancellationToken);
    }

    public async Task<PortalUser> FindAsync(string email)
    {
        await using var database = await Services.GetRequiredService<IDbContextFactory<PortalRecords>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await database.Users.AsNoTracking().SingleAsync(user => user.Email == email, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => portal.DisposeAsync();
}
