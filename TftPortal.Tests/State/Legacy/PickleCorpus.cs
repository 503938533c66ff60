using System.Text.Json;
using TftPortal.Engine.State.Legacy;
using TftPortal.Settings;

namespace TftPortal.Tests.State.Legacy;

/// <summary>Pickles with what each must give. A part of them is in the repository; the whole corpus is looked for beside it, or where TFT_SHARED says.</summary>
internal static class PickleCorpus
{
    private static readonly string Root = PortalFolders.FindRoot(AppContext.BaseDirectory);

    public static string Fixtures { get; } = Path.Combine(Root, "TftPortal.Tests", "State", "Legacy", "pickles");

    /// <summary>The whole corpus, 773 files; may not be there.</summary>
    public static string Shared { get; } = Path.Combine(Environment.GetEnvironmentVariable("TFT_SHARED") ?? Path.Combine(Root, "..", "shared"), "pickles");

    public static byte[] Read(string file) => File.ReadAllBytes(Path.Combine(Fixtures, file));

    public static IReadOnlyList<(string File, string Outcome)> Index(string folder)
    {
        using var index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "index.json")));
        return [.. index.RootElement.EnumerateArray().Select(entry => (entry.GetProperty("file").GetString()!, entry.GetProperty("outcome").GetString()!))];
    }

    /// <summary>A refusal in the index's words.</summary>
    public static string Outcome(LegacyRefusedException refused) => refused.Kind switch
    {
        LegacyRefusal.Global => $"refused: global {refused.Global}",
        LegacyRefusal.Opcode => $"refused: opcode {refused.Opcode}",
        LegacyRefusal.Malformed => "refused: malformed",
        LegacyRefusal.Limit => "refused: limit",
        LegacyRefusal.Schema => "refused: schema",
        _ => refused.Kind.ToString(),
    };
}
