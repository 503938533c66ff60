namespace TftPortal.Dashboard.Charts;

/// <summary>What a chart is drawn from.</summary>
public interface IChartData
{
    /// <summary>What stands round the numbers.</summary>
    object Frame { get; }

    /// <summary>The numbers, as float32.</summary>
    byte[] Values { get; }

    /// <summary>The chart in words, for who cannot see it.</summary>
    string Summary { get; }
}
