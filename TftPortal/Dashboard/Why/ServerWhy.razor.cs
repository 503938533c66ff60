using Microsoft.AspNetCore.Components;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Insight;

namespace TftPortal.Dashboard.Why;

/// <summary>Why a server's forecast is what it is: asked of the desk when somebody opens it, and not with every picture.</summary>
public sealed partial class ServerWhy : IDisposable
{
    private readonly CancellationTokenSource left = new();
    private Explanation? why;
    private ServerForecast? explained;
    private float[] day = [];
    private string? metric, fault, name;
    private bool isOpen, waits;

    /// <summary>The server.</summary>
    [Parameter, EditorRequired]
    public ServerOutlook Server { get; set; } = null!;

    /// <summary>The picture that it is in.</summary>
    [Parameter, EditorRequired]
    public FleetOutlook Outlook { get; set; } = null!;

    [Inject]
    private ExplanationDesk Desk { get; set; } = null!;

    private bool isOld => explained is not null && !ReferenceEquals(explained, Server.Forecast);

    /// <inheritdoc />
    public void Dispose()
    {
        left.Cancel();
        left.Dispose();
    }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (name == Server.Server.Name) return;
        (name, isOpen, why, explained, fault, metric) = (Server.Server.Name, false, null, null, null, null);
    }

    private Task ToggleAsync()
    {
        (isOpen, fault) = (!isOpen, null);
        if (isOpen) return ExplainAsync(metric);
        (why, explained) = (null, null);
        return Task.CompletedTask;
    }

    private async Task ExplainAsync(string? wanted)
    {
        if (waits) return;
        (waits, fault, metric) = (true, null, wanted ?? ExplanationDesk.WorstOf(Outlook, Server));
        var of = Server;
        try
        {
            if (await Desk.ExplainAsync(Outlook, of, metric, left.Token) is { } told) (why, explained, day) = (told, of.Forecast, DayOf(of, told));
            else fault = $"{of.Server.Name} sends no {Words.Names.OfMeasure(metric)}: choose another.";
        }
        catch (ExplanationsBusyException)
        {
            fault = "Others are being explained just now. Try again in a few seconds.";
        }
        catch (OperationCanceledException)
        {
            return; // the page is left
        }
        finally
        {
            waits = false;
        }

        isOpen = why is not null;
    }

    private static float[] DayOf(ServerOutlook server, Explanation why)
    {
        var first = new StepGrid(why.StepSeconds).StepOf(why.FirstStep);
        var values = new float[DayStrip.Steps];
        var isUsed = !MetricCatalog.TryFind(why.Metric, out var metric);
        server.Server.History.CopyTo(isUsed ? Metric.CpuIdlePercent : metric.Metric, first - values.Length, values);
        if (isUsed) for (var step = 0; step < values.Length; step++) values[step] = 100 - values[step];
        return values;
    }
}
