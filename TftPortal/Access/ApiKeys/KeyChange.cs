namespace TftPortal.Access.ApiKeys;

/// <summary>What became of a change that was asked for.</summary>
/// <param name="Id">The key's id; null where nothing was changed.</param>
/// <param name="Text">The new key in clear, told here and never again; null where the change made none.</param>
/// <param name="Problem">Why nothing was changed; null where it was.</param>
/// <param name="IsUnknown">Whether that is because there is no such key.</param>
/// <param name="Held">The key after the change.</param>
internal sealed record KeyChange(string? Id, string? Text, string? Problem, bool IsUnknown, HeldKey? Held)
{
    public static KeyChange Done(string id, string? text = null) => new(id, text, null, IsUnknown: false, null);

    public static KeyChange Conflict(string problem) => new(null, null, problem, IsUnknown: false, null);

    public static KeyChange Unknown(string id) => new(null, null, $"There is no key {id}.", IsUnknown: true, null);

    /// <summary>Never with the key in it.</summary>
    public override string ToString() => $"{nameof(KeyChange)} {Id} {Problem}";
}

/// <summary>Who changes keys, for the audit.</summary>
/// <param name="Name">For example <c>key aB3dE6gH (deploy)</c>, or <c>command (root)</c>.</param>
/// <param name="Origin">From where: an address, or empty for this machine's command.</param>
internal sealed record KeyActor(string Name, string Origin)
{
    /// <summary>How a key is named as the one who does something.</summary>
    public static string NameOf(ApiKey key) => key.Id == ApiKey.EnvironmentId ? $"key {key.Id}" : $"key {key.Id} ({key.Name})";
}
