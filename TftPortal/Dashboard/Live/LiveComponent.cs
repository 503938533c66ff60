using Microsoft.AspNetCore.Components;
using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Live;

/// <summary>A component that renders once a picture, and no more after it has left the page.</summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    private IDisposable? following;
    private bool disposed;

    [Inject]
    private LiveOutlook Live { get; set; } = null!;

    /// <summary>The picture that is shown.</summary>
    protected FleetOutlook Outlook { get; private set; } = null!;

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        Outlook = Live.Latest;
        OnPicture();
        // The first, static rendering of a page shows the picture and is thrown away: it follows nothing.
        if (RendererInfo.IsInteractive) following = Live.Follow(ShowAsync);
    }

    /// <summary>Prepares what the page derives from <see cref="Outlook"/>: once a picture, before it is rendered.</summary>
    protected virtual void OnPicture()
    {
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the following.</summary>
    protected virtual void Dispose(bool disposing)
    {
        disposed = true;
        following?.Dispose();
    }

    private async Task ShowAsync(FleetOutlook picture)
    {
        try
        {
            await InvokeAsync(() =>
            {
                if (disposed || ReferenceEquals(picture, Outlook)) return;
                Outlook = picture;
                OnPicture();
                StateHasChanged();
            });
        }
        catch (Exception fault) when (!disposed)
        {
            await DispatchExceptionAsync(fault); // to this page's error boundary
        }
        catch (ObjectDisposedException)
        {
            // The page left between the check and the call.
        }
    }
}
