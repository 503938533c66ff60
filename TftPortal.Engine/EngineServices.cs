using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TftPortal.Engine;

/// <summary>Puts the engine together.</summary>
public static class EngineServices
{
    /// <summary>Adds the engine: its options (<c>Engine:*</c>), its rooms, and the loop as a hosted service. A <see cref="TimeProvider"/> must be registered.</summary>
    public static IServiceCollection AddTftEngine(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EngineOptions>().Bind(configuration.GetSection("Engine")).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }
}
