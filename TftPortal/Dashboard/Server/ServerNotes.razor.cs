using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using TftPortal.Access.SignIn;
using TftPortal.Dashboard.Alerts;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Server;

/// <summary>What people noted of a server. Operators write and delete.</summary>
public sealed partial class ServerNotes
{
    private const int Shortened = 80;

    private bool mayAct, isWriting, waits;
    private string text = "";
    private string? problem;
    private ImmutableArray<string> faults = [];
    private ServerNote? removing;

    /// <summary>The server's name.</summary>
    [Parameter, EditorRequired]
    public string Server { get; set; } = "";

    /// <summary>Its notes, the newest first.</summary>
    [Parameter, EditorRequired]
    public ImmutableArray<ServerNote> Notes { get; set; } = [];

    [Inject]
    private Visitor Visitor { get; set; } = null!;

    [Inject]
    private PageOrders Orders { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync() => mayAct = await Visitor.MayAsync(PortalRoles.Operator);

    private void Close() => (isWriting, text, problem, faults) = (false, "", null, []);

    private async Task WriteAsync()
    {
        if (waits) return;
        if (await DoneAsync(by => new NoteOrder(Server, text, by))) Close();
    }

    private async Task AnswerAsync(ServerNote note, bool sure)
    {
        removing = null;
        if (sure) await DoneAsync(by => new RemoveNoteOrder(note.Id, by));
    }

    private async Task<bool> DoneAsync(Func<string, AlertOrder> order)
    {
        waits = true;
        try
        {
            (var answer, problem) = await Orders.SubmitAsync(PortalRoles.Operator, order);
            faults = [.. answer?.Faults.Select(fault => fault.Reason) ?? []];
            if (!isWriting) problem ??= faults.FirstOrDefault();
            return answer?.IsDone == true;
        }
        finally
        {
            waits = false;
        }
    }

    private static string Short(ServerNote note) => note.Text.Length <= Shortened ? note.Text : note.Text[..Shortened].TrimEnd() + "…";
}
