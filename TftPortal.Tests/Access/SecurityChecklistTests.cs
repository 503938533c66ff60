using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TftPortal.Access.Checklist;
using TftPortal.Access.Records;
using TftPortal.Access.SignIn;
using TftPortal.Tests.Access.SignIn;

namespace TftPortal.Tests.Access;

/// <summary>The list is made of what the portal does, so each item turns when that does.</summary>
public sealed class SecurityChecklistTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_portal_that_nobody_set_up_says_so_first()
    {
        await using var portal = await PeopledPortal.StartEmptyAsync();

        var report = await LookAsync(portal);

        Assert.Equal(("Sign-in", false), (report.Items[0].Name, report.Items[0].IsGood));
        Assert.Contains("/setup", report.Items[0].ToDo, StringComparison.Ordinal);
        Assert.InRange(report.Score, 0, 90);
    }

    [Fact]
    public async Task An_admin_without_a_second_step_is_named()
    {
        await using var portal = await PeopledPortal.StartAsync();

        var report = await LookAsync(portal);

        Assert.True(Item(report, "Sign-in").IsGood);
        Assert.Contains(PeopledPortal.Admin, Item(report, "Admins' second step").Says, StringComparison.Ordinal);
        Assert.True(Item(report, "Transport").IsGood);
    }

    [Fact]
    public async Task The_environments_key_plain_origins_and_plain_HTTP_for_other_machines_are_found()
    {
        await using var portal = await PeopledPortal.StartAsync(null, "--TFT_API_KEY=abc", "--CORS_ORIGINS=http://grafana.example,https://fine.example", "--urls=http://0.0.0.0:0");

        var report = await LookAsync(portal);

        Assert.False(Item(report, "The environment's key").IsGood);
        Assert.Contains("http://grafana.example", Item(report, "Other sites' pages").Says, StringComparison.Ordinal);
        Assert.DoesNotContain("fine", Item(report, "Other sites' pages").Says, StringComparison.Ordinal);
        Assert.False(Item(report, "Transport").IsGood);
    }

    [Fact]
    public async Task A_data_folder_that_others_may_read_is_found()
    {
        if (OperatingSystem.IsWindows()) return; // it has no modes
        await using var portal = await PeopledPortal.StartAsync();
        File.SetUnixFileMode(portal.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.True(Item(await LookAsync(portal), "Data folder").IsGood);

        File.SetUnixFileMode(portal.Folder, File.GetUnixFileMode(portal.Folder) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        Assert.False(Item(await LookAsync(portal), "Data folder").IsGood);
    }

    [Theory]
    [InlineData("Host=/run/postgresql", true)]
    [InlineData("Host=localhost,[::1]", true)]
    [InlineData("Host=db.example.com", false)]
    [InlineData("Host=db.example.com;SSL Mode=Require", false)]
    [InlineData("Host=db.example.com;SSL Mode=VerifyFull", true)]
    public void A_way_to_PostgreSQL_on_which_somebody_can_listen_is_found(string connection, bool isPrivate)
    {
        using var source = NpgsqlDataSource.Create(connection);
        Assert.Equal(isPrivate, new RecordsServer(source, null!).IsPrivate);
    }

    [Fact]
    public void All_that_is_good_is_100_and_what_is_heavy_weighs_more()
    {
        SecurityItem Of(bool isGood, int weight) => new("", isGood, "", "", weight);

        Assert.Equal(100, SecurityReport.Of([Of(true, 3), Of(true, 1)]).Score);
        Assert.Equal(25, SecurityReport.Of([Of(false, 3), Of(true, 1)]).Score);
        Assert.Equal((99, 1), (SecurityReport.Of([Of(false, 1), Of(true, 199)]).Score, SecurityReport.Of([Of(false, 1), Of(true, 199)]).Open));
        Assert.Equal([3, 1, 2], SecurityReport.Of([Of(true, 2), Of(false, 1), Of(false, 3)]).Items.Select(item => item.Weight));
    }

    private static Task<SecurityReport> LookAsync(PeopledPortal portal) => portal.Services.GetRequiredService<SecurityChecklist>().LookAsync(Stop);

    private static SecurityItem Item(SecurityReport report, string name) => Assert.Single(report.Items, item => item.Name == name);
}
