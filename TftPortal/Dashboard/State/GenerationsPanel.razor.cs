using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using TftPortal.Access.Audit;
using TftPortal.Access.SignIn;
using TftPortal.Dashboard.Live;
using TftPortal.Dashboard.Words;
using TftPortal.Engine.State;

namespace TftPortal.Dashboard.State;

/// <summary>What is saved, and the button that saves now.</summary>
public sealed partial class GenerationsPanel : IDisposable
{
    private readonly CancellationTokenSource left = new();
    private bool waits;
    private bool may;
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
    private Visitor Visitor { get; set; } = null!;

    [Inject]
    private ActingVisitor Acting { get; set; } = null!;

    [Inject]
    private ActNotes Notes { get; set; } = null!;

    private bool IsBusy => waits || IsSaving;

    /// <inheritdoc />
    public void Dispose()
    {
        left.Cancel();
        left.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync() => may = await Visitor.MayAsync(PortalRoles.StateKeeper);

    private async Task SaveAsync()
    {
        if (waits || await Acting.AskAsync(PortalRoles.StateKeeper) is not { } by) return;
        (waits, note, failure) = (true, "", null);
        try
        {
            var made = await Keeper.SaveNow(left.Token);
            if (!await Notes.TryWriteAsync(by, "state.saved", $"generation {made.Number}", $"{made.Records} readings of {made.Servers} servers")) failure = "The audit can't be written; the portal's log says why.";
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
