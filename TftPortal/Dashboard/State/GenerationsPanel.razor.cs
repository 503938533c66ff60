using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using TftPortal.Dashboard.Live;
using TftPortal.Dashboard.Words;
using TftPortal.Engine.State;

namespace TftPortal.Dashboard.State;

/// <summary>What is saved, and the button that saves now.</summary>
public sealed partial class GenerationsPanel : IDisposable
{
    private readonly CancellationTokenSource left = new();
    private bool waits;
    private string note = "";
    private string? failure;

    /// <summary>The generations kept, the newest first.</summary>
    [Parameter, EditorRequired]
    public ImmutableArray<SavedGeneration> Generations { get; set; }

    /// <summary>Whether a save runs, whoever asked for it.</summary>
    [Parameter]
    public bool IsSaving { get; set; }

    /// <summary>Who saves.</summary>
    [Parameter, EditorRequired]
    public StateKeeper Keeper { get; set; } = null!;

    /// <summary>There is a newer report.</summary>
    [Parameter]
    public EventCallback OnSaved { get; set; }

    [Inject]
    private BrowserPlace Place { get; set; } = null!;

    private bool IsBusy => waits || IsSaving;

    /// <inheritdoc />
    public void Dispose()
    {
        left.Cancel();
        left.Dispose();
    }

    private async Task SaveAsync()
    {
        if (!Place.IsOnThisMachine || waits) return; // a disabled button is only a word to an honest browser
        (waits, note, failure) = (true, "", null);
        try
        {
            var made = await Keeper.SaveNow(left.Token);
            note = $"Saved generation {Figures.Count(made.Number)} in {Figures.Duration(made.Duration)}.";
        }
        catch (StateNotSavedException refused)
        {
            failure = refused.Message;
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            return; // the page has left; the save goes on
        }
        catch (OperationCanceledException)
        {
            failure = "The engine has stopped; it saved the state as it did.";
        }
        finally
        {
            waits = false;
        }

        await OnSaved.InvokeAsync();
    }
}
