using System.Globalization;
using Microsoft.AspNetCore.Components;
using TftPortal.Access.SignIn;
using TftPortal.Dashboard.Live;
using TftPortal.Notifications;
using TftPortal.Notifications.Channels;

namespace TftPortal.Dashboard.Channels;

/// <summary>Asks for everything that a channel of a kind has, and makes or changes it; every fault stands at its field. Secrets are never filled in: they are not known here.</summary>
public sealed partial class ChannelDialog
{
    private static readonly string Placeholders = $"May name {string.Join(", ", NoticeText.Placeholders.Select(one => $"{{{one}}}"))}; empty: as usual";

    private IReadOnlyList<WishFault> faults = [];
    private ChannelKind kind;
    private MailSecurity security;
    private string name = "", url = "", signing = "", routing = "", smtpHost = "", smtpPort = "", user = "", password = "", from = "", to = "", certificate = "", title = "", text = "";
    private bool waits;

    /// <summary>The id of the channel that is changed; null for a new one.</summary>
    [Parameter, EditorRequired]
    public string? ChannelId { get; set; }

    /// <summary>It was closed, and nothing changed.</summary>
    [Parameter]
    public EventCallback OnClosed { get; set; }

    /// <summary>It was made or changed.</summary>
    [Parameter]
    public EventCallback OnDone { get; set; }

    [Inject]
    private ChannelStore Store { get; set; } = null!;

    [Inject]
    private ActingVisitor Acting { get; set; } = null!;

    private Channel? Before { get; set; }

    private string? UrlPlaceholder => kind switch
    {
        _ when Before is not null && kind.HasSecretUrl() => "stays as it was",
        ChannelKind.Slack => "https://hooks.slack.com/services/…",
        ChannelKind.Teams => "https://….logic.azure.com/workflows/…",
        ChannelKind.Alertmanager => "http://alertmanager:9093",
        ChannelKind.Pagerduty => ChannelKinds.PagerDutyUrl,
        _ => "https://example.com/hook",
    };

    private string UrlHint => kind.HasSecretUrl() ? $"It is as good as a password: only {(Before?.Settings.Url is { } known ? known : "its host")} is shown again." : kind == ChannelKind.Pagerduty ? "Empty: PagerDuty's own" : "Without /api/v2/alerts";

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        if (ChannelId is null) signing = WebhookSecret.New();
        else Before = await Store.GetAsync(ChannelId, CancellationToken.None);
        if (Before is not { } before) return;
        var settings = before.Settings;
        (kind, name, security) = (before.Kind, before.Name, settings.SmtpSecurity);
        if (!kind.HasSecretUrl()) url = settings.Url ?? "";
        (smtpHost, smtpPort) = (settings.SmtpHost ?? "", settings.SmtpPort == 0 ? "" : settings.SmtpPort.ToString(CultureInfo.InvariantCulture));
        (user, from, to, certificate) = (settings.UserName ?? "", settings.From ?? "", string.Join('\n', settings.To), settings.CertificateSha256 ?? "");
        (title, text) = (settings.TitleTemplate ?? "", settings.TextTemplate ?? "");
    }

    private bool Has(string field) => kind.Fields().Contains(field);

    private IReadOnlyList<string> Of(string field) => [.. faults.Where(fault => fault.Field == field).Select(fault => fault.Reason)];

    private async Task SaveAsync()
    {
        if (waits) return;
        waits = true;
        try
        {
            if (!TryWish(out var wish)) return;
            if (await Acting.AskAsync(PortalRoles.Admin) is not { } by)
            {
                faults = [new("name", ActingVisitor.No(PortalRoles.Admin))];
                return;
            }

            var change = Before is null ? await Store.CreateAsync(wish, by, CancellationToken.None) : await Store.UpdateAsync(Before.Id, wish, by, CancellationToken.None);
            faults = change.Problem is { } problem ? [new("name", problem)] : change.Faults;
            if (change.Id is not null) await OnDone.InvokeAsync();
        }
        finally
        {
            waits = false;
        }
    }

    // Only what this kind has: what was typed for another kind before is not sent.
    private bool TryWish(out ChannelWish wish)
    {
        int? port = null;
        if (Has("smtp_port") && !string.IsNullOrWhiteSpace(smtpPort))
        {
            if (int.TryParse(smtpPort.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) port = number;
            else faults = [new("smtp_port", $"{ChannelCheck.Shown(smtpPort)} is no whole number")];
        }

        wish = new()
        {
            Name = name,
            Kind = kind.WireName(),
            Url = If("url", url),
            SigningSecret = If("signing_secret", signing),
            RoutingKey = If("routing_key", routing),
            SmtpHost = If("smtp_host", smtpHost),
            SmtpPort = port,
            SmtpSecurity = Has("smtp_security") ? security.ToString().ToLowerInvariant() : null,
            CertificateSha256 = If("certificate_sha256", certificate),
            UserName = If("user_name", user),
            Password = If("password", password),
            From = If("from", from),
            To = Has("to") ? to.Split(['\n', '\r', ',', ';', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries) : null,
            TitleTemplate = If("title_template", title),
            TextTemplate = If("text_template", text),
        };
        return port is not null || !Has("smtp_port") || string.IsNullOrWhiteSpace(smtpPort);
    }

    private string? If(string field, string value) => Has(field) ? value : null;
}
