using Microsoft.AspNetCore.Components;
using TftPortal.Access.Checklist;
using TftPortal.Dashboard.Live;

namespace TftPortal.Dashboard.Security;

/// <summary>What a reviewer would look at first, each good or with what to do, and a score.</summary>
public sealed partial class SecurityPage : PulsedComponent
{
    private SecurityReport? report;

    [Inject]
    private SecurityChecklist Checklist { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task LookAsync() => report = await Checklist.LookAsync(Left);

    private static string Words(SecurityReport report) => report.Open switch
    {
        0 => "Nothing is left to do.",
        1 => $"One thing is to do: {report.Items[0].Name}.",
        _ => $"{report.Open} things are to do; {report.Items[0].Name} first.",
    };
}
