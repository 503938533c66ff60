namespace TftPortal.Access.SignIn;

/// <summary>What became of a try to sign in.</summary>
/// <param name="Kind">What.</param>
/// <param name="Proof">That the first step was done, for the second; null where there is none to do.</param>
/// <param name="RetryAfter">How long to wait; zero where nobody need.</param>
internal sealed record SignInAnswer(SignInKind Kind, string? Proof = null, TimeSpan RetryAfter = default)
{
    public static readonly SignInAnswer Done = new(SignInKind.Done);
    public static readonly SignInAnswer Wrong = new(SignInKind.Wrong);
    public static readonly SignInAnswer StartAgain = new(SignInKind.StartAgain);
    public static readonly SignInAnswer NotPrivate = new(SignInKind.NotPrivate);

    public static SignInAnswer NeedsCode(string proof) => new(SignInKind.NeedsCode, proof);

    public static SignInAnswer Wait(TimeSpan time) => new(SignInKind.Wait, null, time);

    /// <summary>Never with the proof in it.</summary>
    public override string ToString() => $"{nameof(SignInAnswer)} {Kind}";
}

/// <summary>What became of a try to sign in.</summary>
internal enum SignInKind
{
    Done,
    NeedsCode,
    Wrong,
    Wait,

    /// <summary>The first step is too long ago.</summary>
    StartAgain,

    /// <summary>Over plain HTTP from another machine.</summary>
    NotPrivate,
}
