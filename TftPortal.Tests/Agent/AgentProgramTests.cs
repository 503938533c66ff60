using TftPortal.Agent;
using TftPortal.Agent.Readings;

namespace TftPortal.Tests.Agent;

public sealed class AgentProgramTests : IDisposable
{
    private readonly AHost host = new();
    private readonly LogLines errors = new();
    private readonly StringWriter output = new();
    private readonly Dictionary<string, string> environment = [];

    [Theory]
    [InlineData("--interval must be whole seconds from 1 to 3600; it is '0'.", "--interval", "0")]
    [InlineData("--interval must be whole seconds from 1 to 3600; it is 'soon'.", "--interval=soon")]
    [InlineData("--url must be an http or https address such as https://portal.example; it is 'portal'.", "--url", "portal")]
    [InlineData("--url must not hold a user name or password; the key goes into TFT_API_KEY.", "--url", "http://me:it@portal.example")]
    [InlineData("--name must match ^[A-Za-z0-9][A-Za-z0-9._:-]{0,252}$; it is 'my server'.", "--name", "my server")]
    [InlineData("--profile must be one of conductor_mgmt, data_ingest, database, generic, ml_compute, risk_analytics, web_api; it is 'web'.", "--profile", "web")]
    [InlineData("Unknown argument '--verbose'; --help lists what there is.", "--verbose")]
    [InlineData("--url needs a value.", "--url")]
    public async Task Wrong_arguments_are_one_clear_line_and_exit_code_2(string message, params string[] arguments)
    {
        Assert.Equal(2, await Agent().RunAsync(arguments, TestContext.Current.CancellationToken));
        Assert.Equal($"tft-agent: {message}\n", errors.ToString());
    }

    [Fact]
    public async Task A_wrong_key_is_refused_without_showing_it()
    {
        Assert.Equal(2, await Agent().RunAsync(["--key", "se cret"], TestContext.Current.CancellationToken));
        Assert.Equal("tft-agent: --key must be printable ASCII without blanks.\n", errors.ToString());
    }

    [Fact]
    public void Environment_gives_what_the_arguments_do_not()
    {
        environment["TFT_URL"] = "https://portal.example/tft/";
        environment["TFT_API_KEY"] = " from-environment ";
        var settings = AgentArguments.Parse([], Variable);
        Assert.Equal("https://portal.example/tft/feed/data", settings.FeedAddress.AbsoluteUri);
        Assert.Equal("from-environment", settings.Key);
        Assert.Equal(TimeSpan.FromSeconds(15), settings.Interval);
        Assert.Equal(5760, settings.BufferCapacity);
        Assert.True(HostName.IsValid(settings.Name));

        settings = AgentArguments.Parse(["--url=http://127.0.0.1:9", "--key", "argument", "--interval", "1"], Variable);
        Assert.Equal("http://127.0.0.1:9/feed/data", settings.FeedAddress.AbsoluteUri);
        Assert.Equal("argument", settings.Key);
        Assert.True(settings.IsKeyVisible);
        Assert.Equal(20_000, settings.BufferCapacity);
    }

    [Fact]
    public async Task Help_and_version_are_for_standard_output()
    {
        Assert.Equal(0, await Agent().RunAsync(["--help"], TestContext.Current.CancellationToken));
        Assert.Equal(0, await Agent().RunAsync(["--version"], TestContext.Current.CancellationToken));
        Assert.Contains("--interval SECONDS", output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"tft-agent {AgentProgram.Version}", output.ToString(), StringComparison.Ordinal);
        Assert.Empty(errors.ToString());
    }

    [Fact]
    public async Task Once_posts_one_reading_and_ends_well_when_the_portal_took_it()
    {
        await using var portal = await APortal.StartAsync();
        var clock = new HastyClock(host.Clock.GetUtcNow());
        Assert.Equal(0, await Agent(clock).RunAsync(["--once", "--url", portal.Url.AbsoluteUri, "--name", "web-01"], TestContext.Current.CancellationToken));
        var post = await portal.NextPostAsync();
        Assert.Equal(1, post.Records.GetArrayLength());
        Assert.Empty(portal.OtherPosts());
    }

    [Fact]
    public async Task Once_ends_with_1_when_nobody_took_it()
    {
        var clock = new HastyClock(host.Clock.GetUtcNow());
        Assert.Equal(1, await Agent(clock).RunAsync(["--once", "--url", (await APortal.AddressOfNobodyAsync()).AbsoluteUri], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task It_reads_every_interval_and_posts_each_reading_once()
    {
        await using var portal = await APortal.StartAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = Agent().RunAsync(["--url", portal.Url.AbsoluteUri], stop.Token);
        host.Clock.Advance(HostReader.FirstInterval);
        Assert.Equal(["2026-11-24T04:00:01.000Z"], (await portal.NextPostAsync()).Timestamps);
        host.Clock.Advance(TimeSpan.FromSeconds(14));
        Assert.Equal(["2026-11-24T04:00:15.000Z"], (await portal.NextPostAsync()).Timestamps);

        await stop.CancelAsync();
        Assert.Equal(0, await running);
        Assert.Empty(portal.OtherPosts());
    }

    [Fact]
    public async Task Asked_to_end_it_delivers_what_still_waits_and_ends_well()
    {
        var address = await APortal.AddressOfNobodyAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = Agent().RunAsync(["--url", address.AbsoluteUri], stop.Token);
        host.Clock.Advance(HostReader.FirstInterval);
        await errors.NextWithAsync("cannot be reached");

        await using var portal = await APortal.StartAsync(address.Port);
        await stop.CancelAsync();
        Assert.Equal(0, await running);
        Assert.Single(portal.OtherPosts());
        Assert.Contains("every reading was delivered", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asked_to_end_while_the_portal_is_away_it_says_what_is_lost()
    {
        var address = await APortal.AddressOfNobodyAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = Agent().RunAsync(["--url", address.AbsoluteUri], stop.Token);
        host.Clock.Advance(HostReader.FirstInterval);
        await errors.NextWithAsync("cannot be reached");
        await stop.CancelAsync();
        Assert.Equal(0, await running);
        Assert.Contains("1 readings were not delivered and are lost", errors.ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        host.Dispose();
        output.Dispose();
        errors.Dispose();
    }

    private AgentProgram Agent(TimeProvider? clock = null) => new(output, errors, Variable, clock ?? host.Clock, host.Reader(clock));

    private string? Variable(string name) => environment.GetValueOrDefault(name);
}
