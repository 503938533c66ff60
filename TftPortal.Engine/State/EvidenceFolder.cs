using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.State;

/// <summary>What is kept of why alerts were raised: packed JSON, a file an alert and moment, in a folder a day beside the state. The day is in the alert's id.</summary>
public sealed class EvidenceFolder
{
    private const int MaxBytes = 4 << 20; // of one, unpacked: it takes a twentieth
    private const string Ending = ".json.br", Unfinished = ".saving", DayForm = "yyyy-MM-dd";

    private readonly string? root;

    internal EvidenceFolder(StatePaths? paths) => root = paths?.Evidence;

    /// <summary>Why the newest could not be written; null where it could, or none was.</summary>
    public string? LastFailure { get; internal set; }

    /// <summary>Reads what was kept.</summary>
    /// <param name="alert">The alert's id.</param>
    /// <param name="moment">Which.</param>
    /// <param name="fault">Why it can't be read; null where it can, or nothing was kept.</param>
    /// <returns>Null where nothing was kept, or it can't be read.</returns>
    public AlertEvidence? Read(Guid alert, EvidenceMoment moment, out string? fault)
    {
        fault = null;
        if (PathOf(alert, moment) is not { } path || !File.Exists(path)) return null;
        try
        {
            using var file = new BrotliStream(File.OpenRead(path), CompressionMode.Decompress);
            var bytes = new byte[MaxBytes];
            var length = file.ReadAtLeast(bytes, MaxBytes, throwOnEndOfStream: false);
            if (length == MaxBytes) throw new InvalidDataException("it is too large");
            var read = JsonSerializer.Deserialize(bytes.AsSpan(0, length), EvidenceJsonForm.Default.AlertEvidence);
            if (read?.Alert is not { } of || of.Id != alert || read.Input?.IsWhole != true || (read.Explanation is null && read.Fault is null)) throw new InvalidDataException("parts are missing");
            return read;
        }
        catch (Exception damage) when (damage is JsonException or InvalidDataException or NotSupportedException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            fault = damage.Message.ReplaceLineEndings(" ").TrimEnd('.');
            return null;
        }
    }

    /// <summary>Whether anything was kept of an alert at a moment.</summary>
    public bool Has(Guid alert, EvidenceMoment moment) => PathOf(alert, moment) is { } path && File.Exists(path);

    /// <summary>Writes evidence: beside, flushed, renamed, the folder flushed.</summary>
    /// <returns>How many bytes it takes.</returns>
    /// <exception cref="IOException">It can't be written; nothing is left of it.</exception>
    internal long Write(AlertEvidence evidence)
    {
        if (PathOf(evidence.Alert.Id, evidence.Moment) is not { } path) return 0;
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder)) Directory.CreateDirectory(folder);
        var beside = path + Unfinished;
        try
        {
            using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write))
            {
                using (var packed = new BrotliStream(file, CompressionLevel.Optimal, leaveOpen: true)) JsonSerializer.Serialize(packed, evidence, EvidenceJsonForm.Default.AlertEvidence);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }

        DiskFlush.Folder(folder);
        return new FileInfo(path).Length;
    }

    /// <summary>Forgets days that are over for too long, then the oldest evidence until the rest fits; and what a write that did not end has left.</summary>
    /// <param name="before">Days before this one go.</param>
    /// <param name="mostBytes">How much may stay.</param>
    /// <returns>How many bytes stay.</returns>
    internal long Forget(DateOnly before, long mostBytes)
    {
        if (root is null || !Directory.Exists(root)) return 0;
        List<FileInfo> files = [];
        foreach (var folder in Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal))
        {
            if (!DateOnly.TryParseExact(Path.GetFileName(folder), DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) continue; // somebody else's
            if (day < before) Directory.Delete(folder, recursive: true);
            else files.AddRange(new DirectoryInfo(folder).EnumerateFiles("*" + Ending + "*").OrderBy(file => file.Name, StringComparer.Ordinal)); // ids grow with time
        }

        var bytes = files.Sum(file => file.Length);
        foreach (var file in files)
        {
            if (bytes <= mostBytes && !file.Name.EndsWith(Unfinished, StringComparison.Ordinal)) continue;
            bytes -= file.Length;
            file.Delete();
        }

        return bytes;
    }

    private string? PathOf(Guid alert, EvidenceMoment moment)
    {
        if (root is null || alert.Version != 7) return null;
        var milliseconds = Convert.ToInt64(alert.ToString("N")[..12], 16);
        if (milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()) return null; // made up: no alert is of the year 10,889
        var at = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return Path.Combine(root, at.UtcDateTime.ToString(DayForm, CultureInfo.InvariantCulture), $"{alert:D}.{(moment == EvidenceMoment.Raised ? "raised" : "escalated")}{Ending}");
    }
}

[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(AlertEvidence))]
internal sealed partial class EvidenceJsonForm : JsonSerializerContext;
