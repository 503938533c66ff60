using System.Net;
using TftPortal.Engine.State;
using TftPortal.Tests.Browser;

namespace TftPortal.Tests.Dashboard;

public sealed class SetAsideDownloadTests : IDisposable
{
    private static readonly SetAsideFile Damaged = AState.SetAside(AnOutlook.Noon);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tft-state-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_set_aside_file_comes_as_a_file_and_not_as_a_page()
    {
        File.WriteAllText(Path.Combine(folder.FullName, Damaged.File), "PAR1 damaged");
        using var answer = await AskAsync(Damaged.File);
        Assert.Equal("PAR1 damaged", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(Damaged.File, answer.Content.Headers.ContentDisposition?.FileNameStar);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Theory]
    [InlineData("X-Forwarded-For", "192.0.2.7")]
    [InlineData("Host", "portal.example.com")]
    [InlineData("Origin", "https://evil.example")]
    public async Task Nobody_from_elsewhere_gets_it(string header, string value)
    {
        File.WriteAllText(Path.Combine(folder.FullName, Damaged.File), "PAR1 damaged");
        using var answer = await AskAsync(Damaged.File, (header, value));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.DoesNotContain("PAR1", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inference_rolling_window.parquet")]
    [InlineData("..%2Fappsettings.json")]
    [InlineData("%2Fetc%2Fpasswd")]
    public async Task What_is_not_listed_is_not_there(string name)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "inference_rolling_window.parquet"), "PAR1");
        using var answer = await AskAsync(name);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_file_that_is_gone_meanwhile_is_not_found()
    {
        using var answer = await AskAsync(Damaged.File);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> AskAsync(string name, params (string Name, string Value)[] headers)
    {
        await using var portal = await APortal.StartAsync(AnOutlook.Empty(), new StateKeeper(folder.FullName, AState.Bad(AnOutlook.Noon)));
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, portal.Address + "system/set-aside/" + name);
        foreach (var (header, value) in headers) request.Headers.TryAddWithoutValidation(header, value);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
