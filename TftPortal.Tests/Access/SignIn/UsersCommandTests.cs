using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TftPortal.Access.SignIn;

namespace TftPortal.Tests.Access.SignIn;

/// <summary>The command <c>users</c>, for an admin who is locked out of a portal that runs.</summary>
public sealed class UsersCommandTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lost_telephone_a_forgotten_password_and_a_disabled_account_are_mended_while_the_portal_runs()
    {
        await using var portal = await PeopledPortal.StartAsync();
        var admin = await portal.FindAsync(PeopledPortal.Admin);
        var second = portal.Services.GetRequiredService<SecondStep>();
        var secret = second.Propose();
        await second.EnrolAsync(admin.Id, secret, Totp.CodeAt(second.Open(secret)!, Totp.StepAt(TimeProvider.System.GetUtcNow())), PeopledPortal.Tester, Stop);
        var reset = await RunAsync(portal, "reset-second-step", PeopledPortal.Admin.ToUpperInvariant());
        Assert.Equal((0, ""), (reset.Code, reset.Output));
        Assert.Contains("Next: sign in with the password, and set another up at /account.", reset.Errors, StringComparison.Ordinal);
        using var person = await portal.SignedInAsync(); // with the password alone

        var link = await RunAsync(portal, "reset-password", PeopledPortal.Admin);
        Assert.StartsWith("/welcome?link=", link.Output, StringComparison.Ordinal);
        const string other = "seven green ladders at dawn";
        using (var chosen = await person.SubmitAsync(link.Output.Trim(), "welcome", ("Choice.Link", link.Output.Trim()["/welcome?link=".Length..]), ("Choice.Password", other), ("Choice.Again", other))) Assert.Equal(HttpStatusCode.OK, chosen.StatusCode);
        using var again = await portal.SignedInAsync(PeopledPortal.Admin, other);

        var id = await portal.MakeAsync("vera@example.com", PortalRoles.Viewer);
        await portal.Users.SetDisabledAsync(id, true, PeopledPortal.Tester, Stop);
        Assert.Contains("is disabled: users enable vera@example.com comes first", (await RunAsync(portal, "reset-password", "vera@example.com")).Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(portal, "enable", "vera@example.com")).Code);
        using var vera = await portal.SignedInAsync("vera@example.com");

        var list = (await RunAsync(portal, "list")).Output;
        Assert.Matches("Admin +enabled +password +20.*1  ada@example.com", list);
        Assert.Matches("Viewer +enabled +password +20.*1  vera@example.com", list);
        var told = (await portal.AuditAsync()).Where(entry => entry.Actor == $"command ({Environment.UserName})").Select(entry => (entry.Action, entry.Subject));
        Assert.Equal([("user.totp_reset", PeopledPortal.Admin), ("user.link_made", PeopledPortal.Admin), ("user.link_made", "vera@example.com"), ("user.enabled", "vera@example.com")], told);
        Assert.DoesNotContain(await portal.AuditAsync(), entry => entry.Detail.Contains(link.Output.Trim()["/welcome?link=".Length..], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2, "There is no users delete; users --help lists what there is.", "delete", "x@example.com")]
    [InlineData(2, "users enable needs one e-mail address; users list shows them.", "enable")]
    [InlineData(2, "users list takes no address.", "list", "x@example.com")]
    [InlineData(2, "users enable has no --force; users --help lists what there is.", "enable", "x@example.com", "--force")]
    [InlineData(1, "There are no users in portal.db. Is this the portal's data folder?", "enable", "x@example.com")]
    public async Task What_can_not_be_done_is_told_in_a_line_with_what_to_do(int expected, string line, params string[] arguments)
    {
        using var folder = new AFolder();
        var (code, output, errors) = await RunAsync(folder.Path, arguments);
        Assert.Equal((expected, ""), (code, output));
        Assert.StartsWith(line, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_says_how() => Assert.Contains("users reset-password EMAIL", (await RunAsync("/nowhere", "--help")).Output, StringComparison.Ordinal);

    private static Task<(int Code, string Output, string Errors)> RunAsync(PeopledPortal portal, params string[] arguments) => RunAsync(portal.Folder, arguments);

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string folder, params string[] arguments)
    {
        using StringWriter output = new(), errors = new();
        var code = await UsersCommand.RunAsync([.. arguments, "--data", folder], output, errors, Portal.Options);
        return (code, output.ToString(), errors.ToString());
    }
}
