using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TftPortal.Tests.Api;

namespace TftPortal.Tests.Access.Browser;

public sealed class ViolationReportsTests
{
    private const string Report = """{"csp-report":{"document-uri":"http://127.0.0.1/servers/web?key=hunter2","violated-directive":"script-src-elem","blocked-uri":"https://evil.example/x.js?token=hunter2","source-file":"a\r\nforged line\u202e"}}""";

    [Fact]
    public async Task A_report_is_one_line_of_the_log_without_what_may_be_secret_or_break_it()
    {
        var log = new LogBook();
        await using var portal = await RunningPortal.StartAsync(null, withEngine: false);
        portal.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(portal, Report)).StatusCode);
        var line = Assert.Single(log.All, said => said.Contains("A browser refused", StringComparison.Ordinal));
        Assert.Contains("\"https://evil.example/x.js\" by the policy \"script-src-elem\" on the page \"http://127.0.0.1/servers/web\"", line, StringComparison.Ordinal);
        Assert.Contains("\"a__forged line_\"", line, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("no json")]
    [InlineData("")]
    [InlineData("[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]")]
    [InlineData("{\"csp-report\":7}")]
    public async Task What_is_no_report_is_refused(string body)
    {
        await using var portal = await RunningPortal.StartAsync(null, withEngine: false);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(portal, body)).StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_report_of_more_than_8_KB_is_not_read(bool inChunks)
    {
        await using var portal = await RunningPortal.StartAsync(null, withEngine: false);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await SendAsync(portal, $"{{\"a\":\"{new string('x', 9000)}\"}}", inChunks)).StatusCode);
    }

    [Fact]
    public async Task An_address_sends_only_so_many_a_minute()
    {
        await using var portal = await RunningPortal.StartAsync(null, withEngine: false, "--Browser:ReportsPerMinute=2");
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(portal, Report)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(portal, Report)).StatusCode);
        var refused = await SendAsync(portal, Report);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    private static Task<HttpResponseMessage> SendAsync(RunningPortal portal, string body, bool inChunks = false)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/browser/violations") { Content = new StringContent(body, Encoding.UTF8, "application/csp-report") };
        if (inChunks) request.Headers.TransferEncodingChunked = true;
        return portal.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
