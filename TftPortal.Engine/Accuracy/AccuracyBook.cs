using System.Runtime.InteropServices;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Accuracy;

/// <summary>The board on disk: the fleet's sums, then a track a server, as bytes. What is of another grid or layout is not read: scores then begin anew, and nothing else is lost.</summary>
internal static class AccuracyBook
{
    private const int Mark = 0x31434341; // "ACC1"

    /// <summary>Writes a board. Beside its writer the sums may be of a moment later than the tracks.</summary>
    public static void Write(Stream output, AccuracyBoard board, StepGrid grid)
    {
        using var writer = new BinaryWriter(output, System.Text.Encoding.UTF8, leaveOpen: true);
        foreach (var number in Header(grid)) writer.Write(number);
        var versions = board.FleetSums();
        writer.Write(versions.Count);
        foreach (var (version, part, cells) in versions)
        {
            writer.Write(version);
            writer.Write(part);
            writer.Write(MemoryMarshal.AsBytes<ScoreCell>(cells));
        }

        ServerTrack[] tracks = [.. board.Tracks];
        writer.Write(tracks.Length);
        foreach (var track in tracks) Write(writer, track);
    }

    /// <summary>Reads what was written into a board that is still empty.</summary>
    /// <exception cref="InvalidDataException">It is of another grid or layout.</exception>
    public static void Read(Stream input, AccuracyBoard board, StepGrid grid)
    {
        using var reader = new BinaryReader(input, System.Text.Encoding.UTF8, leaveOpen: true);
        foreach (var number in Header(grid))
        {
            if (reader.ReadInt32() != number) throw new InvalidDataException("it is of other steps or another version of the program");
        }

        List<(string Version, long Part, ScoreCell[] Cells)> sums = [];
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var (version, part, cells) = (reader.ReadString(), reader.ReadInt64(), new ScoreCell[FleetScores.Cells]);
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(cells.AsSpan()));
            sums.Add((version, part, cells));
        }

        List<ServerTrack> tracks = [];
        for (var left = reader.ReadInt32(); left > 0; left--) tracks.Add(Read(reader));
        board.Recall(sums, tracks);
    }

    private static int[] Header(StepGrid grid) => [Mark, grid.StepSeconds, TrackLayout.Length, TrackLayout.Period, FleetScores.Cells, FleetScores.PartHours, ScoreCell.Sums];

    private static void Write(BinaryWriter writer, ServerTrack track)
    {
        writer.Write(track.Server);
        writer.Write(track.ModelVersion);
        writer.Write(MemoryMarshal.AsBytes<ushort>(track.Codes));
        writer.Write(MemoryMarshal.AsBytes<long>(track.Firsts));
        writer.Write(MemoryMarshal.AsBytes<ushort>(track.Replaced));
        writer.Write(track.Newest);
        writer.Write(track.ScoredTo);
        writer.Write(track.Scores.At);
        writer.Write(MemoryMarshal.AsBytes(track.Scores.Sums));
        writer.Write(track.Guarded);
    }

    private static ServerTrack Read(BinaryReader reader)
    {
        var track = ServerTrack.Empty(reader.ReadString(), reader.ReadString());
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(track.Codes.AsSpan()));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(track.Firsts.AsSpan()));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(track.Replaced.AsSpan()));
        var (newest, scoredTo, at) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        var sums = new float[FadingScores.Length];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(sums.AsSpan()));
        track = track with { Newest = newest, ScoredTo = scoredTo, Scores = new(sums, at), Guarded = reader.ReadUInt16() };
        return track with { NextStep = track.NextAfter(scoredTo) };
    }
}
