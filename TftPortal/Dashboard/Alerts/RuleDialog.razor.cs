using Microsoft.AspNetCore.Components;
using TftPortal.Access.SignIn;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Alerts;

/// <summary>Asks for everything that a rule can say, and makes or changes it.</summary>
public sealed partial class RuleDialog : OrderDialog
{
    private RuleDraft draft = new();

    /// <summary>The rule to change, or one without an id to begin with; null for an empty one.</summary>
    [Parameter]
    public AlertRule? Rule { get; set; }

    private bool IsNew => Rule is null || Rule.Id == Guid.Empty;

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        if (Rule is not null) draft = RuleDraft.Of(Rule);
    }

    private Task MakeAsync()
    {
        List<OrderFault> unread = [];
        var rule = draft.Read(unread);
        return SubmitAsync(PortalRoles.Admin, by => new RuleOrder(rule, by), unread);
    }
}
