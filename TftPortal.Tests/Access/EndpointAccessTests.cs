using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.SignIn;
using TftPortal.Tests.Access.SignIn;

namespace TftPortal.Tests.Access;

/// <summary>Every endpoint that there is, asked by everybody: allowed exactly where this table says. A new route without an entry fails.</summary>
public sealed class EndpointAccessTests
{
    /// <summary>For everybody who can connect.</summary>
    private static readonly Access Open = new(new(ApiScopes.None), null);

    private static readonly Dictionary<string, Access> Table = new(StringComparer.Ordinal)
    {
        ["POST /feed/data"] = Key(ApiScopes.Feed),
        ["GET /predictions/current"] = Key(ApiScopes.Read),
        ["GET /alerts/active"] = Key(ApiScopes.Read),
        ["GET /alerts/incidents"] = Key(ApiScopes.Read),
        ["POST /alerts/{id}/acknowledge"] = Key(ApiScopes.Admin),
        ["POST /alerts/{id}/unacknowledge"] = Key(ApiScopes.Admin),
        ["POST /alerts/{id}/assign"] = Key(ApiScopes.Admin),
        ["POST /alerts/{id}/comment"] = Key(ApiScopes.Admin),
        ["POST /alerts/{id}/mark"] = Key(ApiScopes.Admin),
        ["POST /api/alerts/missed"] = Key(ApiScopes.Admin),
        ["GET /api/alerts/silences"] = Key(ApiScopes.Read, or: ApiScopes.Admin),
        ["POST /api/alerts/silences"] = Key(ApiScopes.Admin),
        ["DELETE /api/alerts/silences/{id}"] = Key(ApiScopes.Admin),
        ["GET /api/alerts/maintenance"] = Key(ApiScopes.Read, or: ApiScopes.Admin),
        ["POST /api/alerts/maintenance"] = Key(ApiScopes.Admin),
        ["PUT /api/alerts/maintenance/{id}"] = Key(ApiScopes.Admin),
        ["DELETE /api/alerts/maintenance/{id}"] = Key(ApiScopes.Admin),
        ["GET /api/alerts/rules"] = Key(ApiScopes.Read, or: ApiScopes.Admin),
        ["POST /api/alerts/rules"] = Key(ApiScopes.Admin),
        ["PUT /api/alerts/rules/{id}"] = Key(ApiScopes.Admin),
        ["DELETE /api/alerts/rules/{id}"] = Key(ApiScopes.Admin),
        ["GET /api/alerts/backtests"] = Key(ApiScopes.Read, or: ApiScopes.Admin),
        ["POST /api/alerts/backtests"] = Key(ApiScopes.Admin),
        ["GET /api/alerts/backtests/{id}"] = Key(ApiScopes.Read, or: ApiScopes.Admin),
        ["DELETE /api/alerts/backtests/{id}"] = Key(ApiScopes.Admin),
        ["GET /metrics"] = Key(ApiScopes.Read),
        ["GET /health"] = Open,
        ["GET /status"] = Open,
        ["GET /openapi/{documentName}.json"] = Open,
        ["POST /admin/state/save"] = Key(ApiScopes.Feed | ApiScopes.Read, or: ApiScopes.Admin),
        ["GET /api/keys"] = Key(ApiScopes.Admin),
        ["POST /api/keys"] = Key(ApiScopes.Admin),
        ["POST /api/keys/{id}/rotate"] = Key(ApiScopes.Admin),
        ["POST /api/keys/{id}/end-grace"] = Key(ApiScopes.Admin),
        ["DELETE /api/keys/{id}"] = Key(ApiScopes.Admin),
        ["GET /api/limits"] = Key(ApiScopes.Admin),
        ["GET /api/channels"] = Key(ApiScopes.Admin),
        ["POST /api/channels"] = Key(ApiScopes.Admin),
        ["PUT /api/channels/{id}"] = Key(ApiScopes.Admin),
        ["DELETE /api/channels/{id}"] = Key(ApiScopes.Admin),
        ["POST /api/channels/{id}/test"] = Key(ApiScopes.Admin),
        ["GET /api/channels/routes"] = Key(ApiScopes.Admin),
        ["POST /api/channels/routes"] = Key(ApiScopes.Admin),
        ["PUT /api/channels/routes/{id}"] = Key(ApiScopes.Admin),
        ["DELETE /api/channels/routes/{id}"] = Key(ApiScopes.Admin),
        ["GET /api/channels/deliveries"] = Key(ApiScopes.Admin),
        ["POST /api/channels/deliveries/{number:long}/retry"] = Key(ApiScopes.Admin),
        ["DELETE /api/channels/deliveries/{number:long}"] = Key(ApiScopes.Admin),

        ["GET /history/summary"] = Key(ApiScopes.Read),
        ["GET /history/alerts"] = Key(ApiScopes.Read),
        ["GET /history/environment"] = Key(ApiScopes.Read),
        ["GET /history/server/{name}"] = Key(ApiScopes.Read),
        ["GET /history/export/{table}"] = Key(ApiScopes.Read),
        ["GET /explain/{server}"] = Key(ApiScopes.Read),
        ["GET /model/accuracy"] = Key(ApiScopes.Read),
        ["GET /model/accuracy/{server}"] = Key(ApiScopes.Read),
        ["GET /alerts/{id}/evidence"] = Key(ApiScopes.Read),
        ["GET /alerts/{id}/evidence/input"] = Key(ApiScopes.Read),

        ["POST /browser/violations"] = Open, // browsers send no key with a report
        ["GET /sign-in"] = Open,
        ["POST /sign-in"] = Open,
        ["GET /sign-in/oidc"] = Open, // not there without a provider
        ["GET /setup"] = Open, // with the token; not there once there is a user
        ["POST /setup"] = Open,
        ["GET /welcome"] = Open, // with a one-time link
        ["POST /welcome"] = Open,
        ["GET /account"] = Role(PortalRoles.Viewer),
        ["POST /account"] = Role(PortalRoles.Viewer),
        ["GET /admin/users"] = Role(PortalRoles.Admin),
        ["POST /admin/users"] = Role(PortalRoles.Admin),
        ["POST /sign-out"] = Role(PortalRoles.Viewer),
        ["GET /"] = Role(PortalRoles.Viewer),
        ["POST /"] = Role(PortalRoles.Viewer),
        ["GET /servers/{Name}"] = Role(PortalRoles.Viewer),
        ["POST /servers/{Name}"] = Role(PortalRoles.Viewer),
        ["GET /alerts"] = Role(PortalRoles.Viewer),
        ["POST /alerts"] = Role(PortalRoles.Viewer),
        ["GET /alerts/silences"] = Role(PortalRoles.Viewer),
        ["POST /alerts/silences"] = Role(PortalRoles.Viewer),
        ["GET /alerts/rules"] = Role(PortalRoles.Viewer),
        ["POST /alerts/rules"] = Role(PortalRoles.Viewer),
        ["GET /alerts/backtest"] = Role(PortalRoles.Operator),
        ["POST /alerts/backtest"] = Role(PortalRoles.Operator),
        ["GET /history"] = Role(PortalRoles.Viewer),
        ["GET /model"] = Role(PortalRoles.Viewer),
        ["POST /model"] = Role(PortalRoles.Viewer),
        ["POST /history"] = Role(PortalRoles.Viewer),
        ["GET /history/download/{table}"] = Role(PortalRoles.Viewer),
        ["GET /servers/{name}/download"] = Role(PortalRoles.Viewer),
        ["GET /system"] = Role(PortalRoles.Viewer),
        ["POST /system"] = Role(PortalRoles.Viewer),
        ["GET /system/set-aside/{file}"] = Role(PortalRoles.Admin),
        ["GET /admin"] = Role(PortalRoles.Admin),
        ["POST /admin"] = Role(PortalRoles.Admin),
        ["GET /admin/keys"] = Role(PortalRoles.Admin),
        ["POST /admin/keys"] = Role(PortalRoles.Admin),
        ["GET /admin/channels"] = Role(PortalRoles.Admin),
        ["POST /admin/channels"] = Role(PortalRoles.Admin),
        ["GET /admin/audit"] = Role(PortalRoles.Admin),
        ["POST /admin/audit"] = Role(PortalRoles.Admin),
        ["GET /admin/limits"] = Role(PortalRoles.Admin),
        ["POST /admin/limits"] = Role(PortalRoles.Admin),
        ["GET /admin/security"] = Role(PortalRoles.Admin),
        ["POST /admin/security"] = Role(PortalRoles.Admin),
        ["GET /admin/audit.csv"] = Role(PortalRoles.Admin),
        ["GET /hubs/predictions"] = KeyOr(ApiScopes.Read, PortalRoles.Viewer), // 400 for who may: only a connection that was negotiated goes on
        ["GET /hubs/predictions/negotiate"] = KeyOr(ApiScopes.Read, PortalRoles.Viewer),
        ["GET /not-found"] = Open,
        ["POST /not-found"] = Open,
        ["GET /_blazor"] = Open, // 400 for everybody: only a WebSocket gets as far as being asked who it is (LiveOriginsTests)
        ["GET /_blazor/negotiate"] = Role(PortalRoles.Viewer),
        ["GET /_blazor/initializers"] = Role(PortalRoles.Viewer),
        ["GET /_blazor/disconnect"] = Role(PortalRoles.Viewer),
        ["GET /_framework/opaque-redirect"] = Role(PortalRoles.Viewer),
        ["GET /{**path:file}"] = Open,
        ["HEAD /{**path:file}"] = Open,
    };

    /// <summary>Paths of the table, whose other methods are refused to everybody alike.</summary>
    private static readonly string[] Refusing =
        ["/feed/data", "/predictions/current", "/alerts/active", "/health", "/status", "/metrics", "/admin/state/save", "/api/keys", "/api/keys/{id}", "/api/keys/{id}/rotate", "/api/keys/{id}/end-grace", "/api/limits",
         "/alerts/incidents", "/alerts/{id}/acknowledge", "/alerts/{id}/unacknowledge", "/alerts/{id}/assign", "/alerts/{id}/comment", "/alerts/{id}/mark", "/api/alerts/missed",
         "/api/alerts/silences", "/api/alerts/silences/{id}", "/api/alerts/maintenance", "/api/alerts/maintenance/{id}", "/api/alerts/rules", "/api/alerts/rules/{id}",
         "/api/alerts/backtests", "/api/alerts/backtests/{id}",
            "/api/channels", "/api/channels/{id}", "/api/channels/{id}/test", "/api/channels/routes", "/api/channels/routes/{id}", "/api/channels/deliveries", "/api/channels/deliveries/{number:long}", "/api/channels/deliveries/{number:long}/retry",
         "/history/summary", "/history/alerts", "/history/environment", "/history/server/{name}", "/history/export/{table}",
         "/explain/{server}", "/alerts/{id}/evidence", "/alerts/{id}/evidence/input", "/model/accuracy", "/model/accuracy/{server}"];

    [Fact]
    public async Task Everybody_may_do_exactly_what_the_table_says()
    {
        var clock = new SettableClock();
        await using var portal = await KeyedPortal.StartAsync(clock, true, KeyedPortal.NoLimits);
        var callers = await CallersAsync(portal, clock);
        List<string> faults = [], met = [];
        foreach (var endpoint in Endpoints(portal))
        {
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET"])
            {
                var route = $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}";
                met.Add(route);
                if (Table.TryGetValue(route, out var needed)) await AskAsync(portal, route, needed, callers, faults);
                else if (Refusing.Any(path => route.EndsWith($" {path}", StringComparison.Ordinal))) await ExpectRefusedMethodAsync(portal, route, callers, faults);
                else faults.Add($"{route} has no entry in this test's table");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Empty(Table.Keys.Except(met));
    }

    [Fact]
    public async Task The_browsers_files_ask_for_nothing()
    {
        await using var portal = await KeyedPortal.StartAsync();
        var files = portal.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Where(IsFile).ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.All(file.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods, method => Assert.Contains(method, (string[])["GET", "HEAD"])));
    }

    private static async Task<Dictionary<string, Caller>> CallersAsync(KeyedPortal portal, SettableClock clock)
    {
        var all = ApiScopes.Feed | ApiScopes.Read | ApiScopes.Admin;
        var (expired, _) = await portal.MakeAsync("expired", all, days: 1);
        var (revoked, id) = await portal.MakeAsync("revoked", all);
        await portal.Store.RevokeAsync(id, KeyedPortal.Tester, TestContext.Current.CancellationToken);
        var (rotated, rotatedId) = await portal.MakeAsync("rotated", all);
        await portal.Store.RotateAsync(rotatedId, TimeSpan.FromHours(1), KeyedPortal.Tester, TestContext.Current.CancellationToken);
        clock.Ahead = TimeSpan.FromDays(2);
        return new(StringComparer.Ordinal)
        {
            ["no key"] = new(null, ApiScopes.None),
            ["an empty key"] = new("", ApiScopes.None),
            ["a wrong key"] = new("wrong", ApiScopes.None),
            ["a key of another portal"] = new(KeyText.New(KeyText.NewId()), ApiScopes.None),
            ["an expired key"] = new(expired, ApiScopes.None),
            ["a revoked key"] = new(revoked, ApiScopes.None),
            ["an old secret"] = new(rotated, ApiScopes.None),
            ["a feed key"] = new((await portal.MakeAsync("feed", ApiScopes.Feed)).Text, ApiScopes.Feed),
            ["a read key"] = new((await portal.MakeAsync("read", ApiScopes.Read)).Text, ApiScopes.Read),
            ["a key that feeds and reads"] = new((await portal.MakeAsync("both", ApiScopes.Feed | ApiScopes.Read)).Text, ApiScopes.Feed | ApiScopes.Read),
            ["an admin key"] = new((await portal.MakeAsync("admin", ApiScopes.Admin)).Text, ApiScopes.Admin),
            ["a cookie of nobody's"] = new(null, ApiScopes.None, "tft-session=nobody-nobody-nobody-nobody-nobody-nobody-n"),
            ["a viewer"] = await SignInAsync(portal, PortalRoles.Viewer),
            ["an operator"] = await SignInAsync(portal, PortalRoles.Operator),
            ["an admin"] = await SignInAsync(portal, PortalRoles.Admin),
            ["somebody disabled"] = await SignInAsync(portal, PortalRoles.Admin, disabled: true) with { Role = null },
            ["an admin beside a feed key"] = await SignInAsync(portal, PortalRoles.Admin) with { Key = (await portal.MakeAsync("beside", ApiScopes.Feed)).Text, Scopes = ApiScopes.Feed },
        };
    }

    private static async Task<Caller> SignInAsync(KeyedPortal portal, string role, bool disabled = false)
    {
        var stop = TestContext.Current.CancellationToken;
        var users = portal.Services.GetRequiredService<Users>();
        var email = $"{role}{Guid.NewGuid():N}@example.com";
        var made = await users.CreateAsync(email, role, KeyedPortal.Tester, stop);
        await users.UseLinkAsync(made.Link!, PeopledPortal.Password, "", stop);
        using var person = new APerson(portal.Address);
        using var answer = await person.SignInAsync(email, PeopledPortal.Password);
        var caller = new Caller(null, ApiScopes.None, person.Session!, role);
        if (disabled) Assert.Null((await users.SetDisabledAsync(made.User!.Id, true, KeyedPortal.Tester, stop)).Problem);
        return caller;
    }

    private static async Task AskAsync(KeyedPortal portal, string route, Access needed, Dictionary<string, Caller> callers, List<string> faults)
    {
        foreach (var (who, caller) in callers)
        {
            using var answer = await SendAsync(portal, route, caller);
            var isLedToSignIn = answer.Headers.Location?.OriginalString.StartsWith("/sign-in", StringComparison.Ordinal) == true && caller.Role is null;
            var isAllowed = answer.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized) && !isLedToSignIn;
            var may = needed.IsMetBy(caller);
            if (isAllowed != may || (int)answer.StatusCode >= 500) faults.Add($"{route}: {who} gets {(int)answer.StatusCode}");
            if (may || isLedToSignIn) continue;
            var detail = isAllowed ? null : await KeyedPortal.DetailOf(answer);
            if (detail != needed.RefusalOf(caller)) faults.Add($"{route}: {who} is told {detail}");
        }
    }

    private static async Task ExpectRefusedMethodAsync(KeyedPortal portal, string route, Dictionary<string, Caller> callers, List<string> faults)
    {
        if (route.StartsWith("TRACE ", StringComparison.Ordinal)) return; // HttpClient sends it, proxies do not; its endpoint is the others'
        foreach (var (who, caller) in callers)
        {
            using var answer = await SendAsync(portal, route, caller);
            if (answer.StatusCode != HttpStatusCode.MethodNotAllowed) faults.Add($"{route}: {who} gets {(int)answer.StatusCode}");
        }
    }

    private static Task<HttpResponseMessage> SendAsync(KeyedPortal portal, string route, Caller caller)
    {
        var space = route.IndexOf(' ', StringComparison.Ordinal);
        var path = route[(space + 1)..].Replace("{documentName}", "v1", StringComparison.Ordinal).Replace("{id}", "nosuchid", StringComparison.Ordinal).Replace("{number:long}", "1", StringComparison.Ordinal);
        var method = new HttpMethod(route[..space]);
        List<(string, string)> headers = [];
        if (caller.Cookie is not null) headers.Add(("Cookie", caller.Cookie));
        if (route == "GET /") headers.Add(("Accept", "text/html")); // programs get the old daemon's answer there, whoever they are
        return portal.SendAsync(method, path, caller.Key, method == HttpMethod.Post || method == HttpMethod.Put ? """{"records":[]}""" : null, [.. headers]);
    }

    private static IEnumerable<RouteEndpoint> Endpoints(KeyedPortal portal) =>
        portal.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Where(endpoint => !IsFile(endpoint)).Distinct();

    private static bool IsFile(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null && endpoint.Metadata.GetMetadata<KeyRequirement>() is null;

    private static Access Key(ApiScopes scope, ApiScopes or = ApiScopes.None) => new(new(scope, or), null);

    private static Access KeyOr(ApiScopes scope, string role) => new(new(scope, OrRole: role), null);

    private static Access Role(string role) => new(new(ApiScopes.None), role);

    /// <summary>Who may: a key's scope, or a role; a key is nothing where a role is asked for, and the other way round.</summary>
    private sealed record Access(KeyRequirement Key, string? Role)
    {
        public bool IsMetBy(Caller caller) => Role is null ? Key.IsMetBy(caller.Scopes) || (Key.OrRole is { } or && string.IsNullOrEmpty(caller.Key) && caller.Role is { } has && Rank(has) >= Rank(or)) : caller.Role is { } role && Rank(role) >= Rank(Role);

        public string RefusalOf(Caller caller) =>
            Role is not null ? caller.Role is null ? "Sign in first, at /sign-in." : $"This needs the role {Role}."
            : caller.Scopes == ApiScopes.None ? "Invalid or missing API key. Set TFT_API_KEY environment variable." : $"This API key lacks the scope '{Key.ScopeName}'.";

        private static int Rank(string role) => PortalRoles.All.ToList().IndexOf(role);
    }

    /// <summary>Another time, and timers that run all the same: saving the state needs them.</summary>
    private sealed class SettableClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}
