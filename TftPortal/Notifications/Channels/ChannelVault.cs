using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using TftPortal.Access.Records;

namespace TftPortal.Notifications.Channels;

/// <summary>Between what is kept of a channel and what is used. Secrets are protected by DataProtection for one channel each, so that those of one can't be given to another by whoever writes the database.</summary>
internal sealed class ChannelVault(IDataProtectionProvider protection)
{
    private const string Purpose = "TftPortal.Notifications.Channel.v1";

    /// <summary>Secrets as they are kept.</summary>
    public string Protect(string channelId, ChannelSecrets secrets) => protection.CreateProtector(Purpose, channelId).Protect(NoticeJson.Write(secrets));

    /// <summary>A channel as it is used.</summary>
    public Channel Channel(ChannelRow row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Kind = ChannelKinds.Find(row.Kind) ?? throw new JsonException($"The channel {row.Id} has a kind that this version doesn't know."),
        Settings = NoticeJson.Read<ChannelSettings>(row.Settings),
        Secrets = Unprotect(row),
        IsEnabled = row.IsEnabled,
    };

    private ChannelSecrets? Unprotect(ChannelRow row)
    {
        try
        {
            return NoticeJson.Read<ChannelSecrets>(protection.CreateProtector(Purpose, row.Id).Unprotect(row.Secrets));
        }
        catch (CryptographicException)
        {
            return null; // another portal's keys, or none: the page asks for the secrets again
        }
    }
}
