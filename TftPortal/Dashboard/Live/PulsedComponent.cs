using Microsoft.AspNetCore.Components;

namespace TftPortal.Dashboard.Live;

/// <summary>A page of what changes between the engine's pictures, such as the use of keys: it looks again every other second, for as long as it is on the page.</summary>
public abstract class PulsedComponent : ComponentBase, IDisposable
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource left = new();

    /// <summary>Cancelled when the page is left.</summary>
    protected CancellationToken Left => left.Token;

    /// <summary>The portal's clock.</summary>
    [Inject]
    protected TimeProvider Clock { get; private set; } = null!;

    /// <summary>Takes what the page shows; it is rendered after.</summary>
    protected abstract Task LookAsync();

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        await LookAsync();
        // The first, static rendering of a page is thrown away: it looks once.
        if (RendererInfo.IsInteractive) _ = BeatAsync(left.Token);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the looking.</summary>
    protected virtual void Dispose(bool disposing)
    {
        left.Cancel();
        left.Dispose();
    }

    private async Task BeatAsync(CancellationToken stop)
    {
        using var beat = new PeriodicTimer(Every, Clock);
        try
        {
            while (await beat.WaitForNextTickAsync(stop)) await InvokeAsync(() => LookAgainAsync(stop));
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // The page was left between the beat and the look.
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault); // to this page's error boundary
        }
    }

    private async Task LookAgainAsync(CancellationToken stop)
    {
        if (stop.IsCancellationRequested) return;
        await LookAsync();
        if (!stop.IsCancellationRequested) StateHasChanged();
    }
}
