namespace TftPortal.Demo;

/// <summary>
/// The switch <c>--demo</c>. The configuration's command-line source takes the word after a switch as its value, so a bare <c>--demo</c> would swallow the next one:
/// it is written out before it gets there.
/// </summary>
internal static class DemoSwitch
{
    private const string Bare = "--demo";

    /// <summary>The arguments with <c>--demo</c>, <c>--demo true</c>, <c>--demo=true</c> (or false) written as <c>--Demo:Enabled=</c>.</summary>
    public static string[] Expand(string[] args)
    {
        var expanded = new List<string>(args.Length);
        for (var index = 0; index < args.Length; index++)
        {
            var word = args[index];
            if (word.StartsWith(Bare + "=", StringComparison.OrdinalIgnoreCase))
            {
                expanded.Add($"--Demo:Enabled={word[(Bare.Length + 1)..]}");
            }
            else if (string.Equals(word, Bare, StringComparison.OrdinalIgnoreCase))
            {
                var valued = index + 1 < args.Length && bool.TryParse(args[index + 1], out _);
                expanded.Add($"--Demo:Enabled={(valued ? args[++index] : "true")}");
            }
            else
            {
                expanded.Add(word);
            }
        }

        return [.. expanded];
    }
}
