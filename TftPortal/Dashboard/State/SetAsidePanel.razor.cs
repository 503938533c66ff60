using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using TftPortal.Access.Audit;
using TftPortal.Access.SignIn;
using TftPortal.Dashboard.Live;
using TftPortal.Engine.State;

namespace TftPortal.Dashboard.State;

/// <summary>The damaged files that were put out of the way: to be taken along, or deleted.</summary>
public sealed partial class SetAsidePanel
{
    private SetAsideFile? asked;
    private bool may;
    private string note = "";
    private string? failure;

    /// <summary>The files, the newest first.</summary>
    [Parameter, EditorRequired]
    public ImmutableArray<SetAsideFile> Files { get; set; }

    /// <summary>Who deletes.</summary>
    [Parameter, EditorRequired]
    public StateKeeper Keeper { get; set; } = null!;

    /// <summary>There is a newer report.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    private Visitor Visitor { get; set; } = null!;

    [Inject]
    private ActingVisitor Acting { get; set; } = null!;

    [Inject]
    private ActNotes Notes { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync() => may = await Visitor.MayAsync(PortalRoles.StateKeeper);

    private async Task AnswerAsync(SetAsideFile file, bool sure)
    {
        asked = null;
        if (!sure || await Acting.AskAsync(PortalRoles.StateKeeper) is not { } by) return;
        (note, failure) = ("", null);
        if (!await Notes.TryWriteAsync(by, "state.file_deleted", file.File, $"{file.SizeBytes} bytes, set aside {file.Time:u}"))
        {
            failure = ActNotes.NotNoted;
            return;
        }

        try
        {
            Keeper.Delete(file);
            note = $"Deleted {file.File}.";
        }
        catch (FileNotFoundException)
        {
            note = $"{file.File} was gone already.";
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            failure = $"{file.File} could not be deleted: {refused.Message}";
        }

        await OnChanged.InvokeAsync();
    }
}
