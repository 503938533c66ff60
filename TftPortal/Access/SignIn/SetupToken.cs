using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using TftPortal.Settings;

namespace TftPortal.Access.SignIn;

/// <summary>
/// The one-time token with which the first admin is set up: made anew at each start while there is no user, in a file for its owner alone and on the console, and gone with the first user.
/// </summary>
internal sealed class SetupToken(PortalFolders folders, UserCount users, OpenDoor door, IServer server, IHostApplicationLifetime lifetime, IOptions<SignInOptions> options, TimeProvider clock) : IHostedService
{
    /// <summary>The file's name, in the data folder.</summary>
    public const string FileName = "setup-token";

    private byte[]? digest;
    private DateTimeOffset endsAt;

    private string FilePath => Path.Combine(folders.Data, FileName);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        File.Delete(FilePath); // of the last start
        if (users.IsEmpty)
        {
            var token = SecretText.New();
            Write(token);
            endsAt = clock.GetUtcNow().AddMinutes(options.Value.SetupMinutes);
            digest = SecretText.Digest(token);
            lifetime.ApplicationStarted.Register(() => Tell(token));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Whether this is the token, and still good. Compared in fixed time.</summary>
    public bool Is(string token) => digest is not null && users.IsEmpty && clock.GetUtcNow() < endsAt && CryptographicOperations.FixedTimeEquals(SecretText.Digest(token.Trim()), digest);

    /// <summary>There is a user: the token is worth nothing, and its file goes.</summary>
    public void End()
    {
        digest = null;
        File.Delete(FilePath);
    }

    private void Write(string token)
    {
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(FilePath, how);
        file.WriteLine(token);
    }

    // On the console and not in the log, which may go anywhere. Where other machines can connect, consoles are often collected too: there only the file has it.
    private void Tell(string token)
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()?.TrimEnd('/');
        Console.WriteLine(door.ListensOnLoopbackOnly && address is not null
            ? $"Nobody can sign in yet. Set up the first admin within {options.Value.SetupMinutes} minutes: {address}/setup?token={token}"
            : $"Nobody can sign in yet. Set up the first admin within {options.Value.SetupMinutes} minutes: open /setup; the token is in {FilePath}");
    }
}
