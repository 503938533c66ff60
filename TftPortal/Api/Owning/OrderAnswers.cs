using System.Text.Json;
using System.Text.Json.Serialization;
using TftPortal.Api.Shapes;
using TftPortal.Engine.Alerts;
using TftPortal.Owning;

namespace TftPortal.Api.Owning;

/// <summary>Reads what programs want done with alerts, has it done, and answers.</summary>
internal sealed class OrderAnswers(AuditedOrders orders)
{
    private const int MaxName = 100;

    /// <summary>How their bodies are read.</summary>
    // No field that is none of ours, and none twice: a misspelt until must not make another silence than was meant.
    public static JsonSerializerOptions Form { get; } = new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = false, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) } };

    /// <summary>Who asks: the key, and on whose behalf where the body says so.</summary>
    public static string By(HttpContext http, string? name) =>
        string.IsNullOrWhiteSpace(name) ? AdminJson.By(http).Name : $"{name.Trim()[..Math.Min(MaxName, name.Trim().Length)]} by {AdminJson.By(http).Name}";

    /// <summary>Reads the body and has done what it says; every fault is answered.</summary>
    /// <param name="http">The request.</param>
    /// <param name="order">The order that a body makes.</param>
    /// <param name="answer">What is told once it is done.</param>
    /// <param name="status">How.</param>
    /// <param name="unfit">What of a body can be made no order; null where nothing is.</param>
    public async Task DoAsync<T>(HttpContext http, Func<T, AlertOrder> order, Func<Guid, object> answer, int status = StatusCodes.Status200OK, Func<T, OrderFault?>? unfit = null)
        where T : class, new()
    {
        if (await AdminJson.ReadAsync<T>(http, mayBeEmpty: true, Form) is not { } body) return;
        if (unfit?.Invoke(body) is { } fault) await RefuseAsync(http, fault);
        else await DoAsync(http, order(body), answer, status);
    }

    /// <summary>Has an order done.</summary>
    public async Task DoAsync(HttpContext http, AlertOrder order, Func<Guid, object> answer, int status = StatusCodes.Status200OK)
    {
        try
        {
            var done = await orders.SubmitAsync(order, AdminJson.By(http), http.RequestAborted);
            if (done.IsDone) await AdminJson.AnswerAsync(http, status, answer(done.Id));
            else if (done.IsUnknown) await AdminJson.AnswerAsync(http, StatusCodes.Status404NotFound, new ApiError(done.Faults[0].Reason));
            else await RefuseAsync(http, [.. done.Faults]);
        }
        catch (OrderNotKeptException failed)
        {
            await Problems.UnavailableAsync(http, failed.Message);
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            await Problems.UnavailableAsync(http, "The portal is stopping. Nothing was changed.");
        }
    }

    /// <summary>Refuses a body for its fields.</summary>
    private static Task RefuseAsync(HttpContext http, params IEnumerable<OrderFault> faults) => AdminJson.RefuseAsync(http, faults.Select(fault => (fault.Field, fault.Reason)));

    /// <summary>Nothing by that id.</summary>
    public static Task UnknownAsync(HttpContext http, string what, string id) => AdminJson.AnswerAsync(http, StatusCodes.Status404NotFound, new ApiError($"There is no {what} {(id.Length <= 64 ? id : id[..64])}."));
}
