using System.Globalization;
using TftPortal.Access.Commands;

namespace TftPortal.Access.ApiKeys;

/// <summary>
/// The command <c>keys</c>, for who has no admin key, or has lost it: whoever may write the data folder may do anything with the keys anyway.
/// </summary>
internal static class KeysCommand
{
    /// <summary>The word that asks for it.</summary>
    public const string Word = "keys";

    /// <summary>Does what the arguments say.</summary>
    /// <param name="arguments">Those after the word.</param>
    /// <param name="output">Where a new key goes, the list, and the help.</param>
    /// <param name="errors">Where everything else goes.</param>
    /// <param name="options">Of the host whose settings count.</param>
    /// <returns>The exit code: 0 done, 1 refused, 2 wrong arguments.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors, Func<string[], WebApplicationOptions> options)
    {
        try
        {
            var asked = KeysArguments.Parse(arguments);
            if (asked.Verb is not null) return await RunAsync(asked, output, errors, options);
            await output.WriteLineAsync(KeysArguments.Help);
            return 0;
        }
        catch (WrongArgumentException wrong)
        {
            await errors.WriteLineAsync(wrong.Message);
            return 2;
        }
    }

    private static async Task<int> RunAsync(KeysArguments asked, TextWriter output, TextWriter errors, Func<string[], WebApplicationOptions> options)
    {
        await using var host = CommandHost.Build(asked.DataFolder, options, ApiKeysSetup.AddKeyStore);
        var store = host.Services.GetRequiredService<KeyStore>();
        store.Open();
        if (asked.Verb == "list") return await ListAsync(host.Services.GetRequiredService<KeyRing>(), output);

        var by = new KeyActor($"command ({Environment.UserName})", "");
        if (asked.Verb == "create")
        {
            var (order, faults) = host.Services.GetRequiredService<KeyOrderCheck>().Check(asked.Wish);
            foreach (var fault in faults) await errors.WriteLineAsync($"{fault.Field}: {fault.Reason}");
            return order is null ? 2 : await TellAsync(await store.CreateAsync(order, by, CancellationToken.None), output, errors);
        }

        return await TellAsync(asked.Verb switch
        {
            "rotate" => await store.RotateAsync(asked.Id, asked.Grace, by, CancellationToken.None),
            "end-grace" => await store.EndGraceAsync(asked.Id, by, CancellationToken.None),
            _ => await store.RevokeAsync(asked.Id, by, CancellationToken.None),
        }, output, errors);
    }

    private static async Task<int> TellAsync(KeyChange change, TextWriter output, TextWriter errors)
    {
        if (change.Held is not { Key: var key })
        {
            await errors.WriteLineAsync(change.Problem);
            return 1;
        }

        var now = TimeProvider.System.GetUtcNow();
        await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Key {key.Id} ({key.Name}): {string.Join(", ", ScopeNames.Of(key.Scopes))}; {key.StateAt(now)}; expires {key.ExpiresAt:u}. A running portal notices within seconds."));
        if (key.RevokedAt is null && key.OldSecretAt(now) is { } old) await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"The old secret works until {old.EndsAt:u}."));
        if (change.Text is null) return 0;
        await errors.WriteLineAsync("The key, told this once, to be sent in the header X-API-Key:");
        await output.WriteLineAsync(change.Text);
        return 0;
    }

    private static async Task<int> ListAsync(KeyRing ring, TextWriter output)
    {
        var now = TimeProvider.System.GetUtcNow();
        await output.WriteLineAsync($"{"id",-12} {"state",-9} {"scopes",-16} {"expires",-17} {"last used",-17} {"24 h",9} {"refused",8}  name");
        foreach (var (key, use) in ring.Keys)
        {
            var (requests, refused) = use.InDay(now);
            var last = use.Callers.Select(caller => caller.LastAt).Max();
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{key.Id,-12} {key.StateAt(now),-9} {string.Join(',', ScopeNames.Of(key.Scopes)),-16} {key.ExpiresAt,-17:yyyy-MM-dd HH:mm'Z'} {last,-17:yyyy-MM-dd HH:mm'Z'} {requests,9} {refused,8}  {key.Name}"));
        }

        return 0;
    }
}
