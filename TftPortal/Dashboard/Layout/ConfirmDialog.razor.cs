using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace TftPortal.Dashboard.Layout;

/// <summary>Asks before what can't be undone. It is open for as long as it is on the page, and answers once.</summary>
public sealed partial class ConfirmDialog
{
    private ElementReference element;
    private bool answered;

    /// <summary>The question.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>The button that does it.</summary>
    [Parameter, EditorRequired]
    public string Act { get; set; } = "";

    /// <summary>The button that does not.</summary>
    [Parameter, EditorRequired]
    public string Keep { get; set; } = "";

    /// <summary>What it is about: the thing, by its name.</summary>
    [Parameter, EditorRequired]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>Whether it shall be done.</summary>
    [Parameter]
    public EventCallback<bool> OnAnswer { get; set; }

    [Inject]
    private IJSRuntime Browser { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        await using var module = await Browser.InvokeAsync<IJSObjectReference>("import", "./js/dialogs.js");
        await module.InvokeVoidAsync("open", element);
    }

    private Task AnswerAsync(bool sure)
    {
        if (answered) return Task.CompletedTask;
        answered = true;
        return OnAnswer.InvokeAsync(sure);
    }
}
