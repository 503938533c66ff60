using System.Globalization;
using TftPortal.Access.ApiKeys;
using TftPortal.Engine.Fleet;

namespace TftPortal.Notifications.Concerns;

/// <summary>API keys that will stop working: a warning from 14 days before on, critical from the last day on, each told once. It ends when the key is revoked or its time is over.</summary>
internal sealed class KeyConcerns(KeyRing ring) : IConcerns
{
    private static readonly TimeSpan LastDay = TimeSpan.FromDays(1);

    public NoticeKind Kind => NoticeKind.KeyExpiry;

    public Task<IReadOnlyList<Concern>?> LookAsync(DateTimeOffset now, CancellationToken stop) =>
        Task.FromResult<IReadOnlyList<Concern>?>([.. ring.Keys.Select(held => held.Key).Where(key => Expires(key, now)).Select(key => Of(key, now))]);

    private static bool Expires(ApiKey key, DateTimeOffset now) => key.RevokedAt is null && key.ExpiresAt > now && key.ExpiresAt - now <= ApiKey.ExpiringWithin;

    private static Concern Of(ApiKey key, DateTimeOffset now)
    {
        var end = key.ExpiresAt!.Value;
        var isLastDay = end - now <= LastDay;
        return new()
        {
            Key = $"key:{key.Id}",
            Kind = NoticeKind.KeyExpiry,
            Severity = isLastDay ? AlertSeverity.Critical : AlertSeverity.Warning,
            IsBreaching = false,
            StartedAt = Later(end - ApiKey.ExpiringWithin, key.CreatedAt),
            Title = string.Create(CultureInfo.InvariantCulture, $"API key {key.Name} expires {(isLastDay ? "within a day" : $"in {Math.Ceiling((end - now).TotalDays):0} days")}"),
            Message = $"The API key {key.Name} ({key.Id}; {string.Join(", ", ScopeNames.Of(key.Scopes))}) stops working at {NoticeText.Moment(end)}. Rotating does not make it live longer: make another, give it to whoever uses this one, and watch until nobody does.",
            Page = "admin/keys",
            Over = $"The API key {key.Name} ({key.Id}) was revoked, or its time is over: it does not work any more.",
        };
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
