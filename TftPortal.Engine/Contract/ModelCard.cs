using System.Collections.Immutable;

namespace TftPortal.Engine.Contract;

/// <summary>What a model says of itself, from <c>card.md</c> beside <c>model.json</c>, as it was loaded.</summary>
/// <param name="Version">Version of the model; empty where none is loaded.</param>
/// <param name="Lead">The first paragraph; empty without a card.</param>
/// <param name="Parts">The paragraphs that begin with a title in bold: the title, and the text as plain words.</param>
public sealed record ModelCard(string Version, string Lead, ImmutableArray<(string Title, string Text)> Parts)
{
    /// <summary>Name of the file.</summary>
    public const string File = "card.md";

    /// <summary>No model.</summary>
    public static ModelCard None { get; } = new("", "", []);

    /// <summary>Reads the card of a model that is loaded.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="version">Its version.</param>
    public static ModelCard Load(string folder, string version)
    {
        var path = Path.Combine(folder, File);
        return System.IO.File.Exists(path) ? Read(System.IO.File.ReadAllText(path), version) : None with { Version = version };
    }

    /// <summary>Reads a card's text: titles, tables of scores and commands are left out, and the words that lead to them.</summary>
    public static ModelCard Read(string text, string version)
    {
        var blocks = text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        var lead = Array.Find(blocks, block => char.IsLetterOrDigit(block[0])) ?? "";
        return new(version, Plain(lead), [.. blocks.Where(block => block.StartsWith("**", StringComparison.Ordinal)).Select(Part).Where(part => part.Text.Length > 0)]);
    }

    private static (string Title, string Text) Part(string block)
    {
        var end = block.IndexOf("**", 2, StringComparison.Ordinal);
        return end < 0 ? ("", "") : (block[2..end].TrimEnd('.', ':', ' '), Sentences(Plain(block[(end + 2)..].TrimStart(':', '.', ' '))));
    }

    private static string Sentences(string text) => text.EndsWith('.') ? text : text[..(text.LastIndexOf(". ", StringComparison.Ordinal) + 1)];

    private static string Plain(string text) => text.Replace("**", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal).Replace('\n', ' ').Trim();
}
