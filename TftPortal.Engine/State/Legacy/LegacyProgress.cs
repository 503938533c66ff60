namespace TftPortal.Engine.State.Legacy;

/// <summary>What is being done with a file of the old daemon.</summary>
internal enum LegacyStage
{
    /// <summary>Its bytes are read; counted in bytes, of a Parquet file in rows.</summary>
    Reading,
    /// <summary>Its records are judged by the rules for readings; counted in records.</summary>
    Judging,
}

/// <summary>How far the reading of a long file is.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Done">How much of it is done.</param>
/// <param name="Total">How much there is to do.</param>
internal sealed record LegacyProgress(LegacyStage Stage, long Done, long Total);
